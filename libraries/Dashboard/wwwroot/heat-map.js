// Draws layers x experts on a canvas. Two bytes per cell: load; residency in bits 0-2, copies in bits 3-7.
const gutter = { left: 34, top: 18 };
const states = { draining: 1, loading: 2, warm: 3, none: 7 };
const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function attach(canvas, viewer) {
    const map = new HeatMap(canvas, viewer);
    return { draw: (rows, columns, labels, bytes) => map.draw(rows, columns, labels, bytes), dispose: () => map.dispose() };
}

class HeatMap {
    constructor(canvas, viewer) {
        this.canvas = canvas;
        this.viewer = viewer;
        this.selected = null;
        this.frame = null;
        this.stop = new AbortController();
        const on = (name, handler) => canvas.addEventListener(name, handler, { signal: this.stop.signal });
        on("pointermove", event => this.select(this.cellAt(event)));
        on("pointerdown", event => this.select(this.cellAt(event)));
        on("keydown", event => this.move(event));
        on("focus", () => this.select(this.selected ?? { row: 0, column: 0 }));
        on("blur", () => this.paint());
        this.resized = new ResizeObserver(() => this.paint());
        this.resized.observe(canvas.parentElement);
        this.themed = new MutationObserver(() => { this.palette = null; this.paint(); });
        this.themed.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    }

    draw(rows, columns, labels, bytes) {
        this.frame = { rows, columns, labels, bytes };
        this.paint();
    }

    dispose() {
        this.stop.abort();
        this.resized.disconnect();
        this.themed.disconnect();
    }

    geometry() {
        const width = this.canvas.parentElement.clientWidth;
        const cell = (width - gutter.left) / this.frame.columns;
        return { width, cell, line: Math.max(7, Math.min(30, cell * 0.9)) };
    }

    paint() {
        if (!this.frame) { return; }
        const size = this.geometry();
        const scale = devicePixelRatio || 1;
        const height = gutter.top + size.line * this.frame.rows;
        const [pixelWidth, pixelHeight] = [Math.round(size.width * scale), Math.round(height * scale)];
        if (this.canvas.width !== pixelWidth || this.canvas.height !== pixelHeight) {
            this.canvas.width = pixelWidth;
            this.canvas.height = pixelHeight;
            this.canvas.style.height = `${height}px`;
        }
        const pen = this.canvas.getContext("2d");
        pen.setTransform(scale, 0, 0, scale, 0, 0);
        pen.clearRect(0, 0, size.width, height);
        this.palette ??= readPalette(this.canvas);
        this.paintLabels(pen, size);
        for (let row = 0; row < this.frame.rows; row++) {
            for (let column = 0; column < this.frame.columns; column++) { this.paintCell(pen, size, row, column); }
        }
        this.paintSelection(pen, size);
        // Tests and scripts see that something was drawn, and what, without reading pixels.
        this.canvas.dataset.frames = (Number(this.canvas.dataset.frames) || 0) + 1;
    }

    paintLabels(pen, size) {
        pen.fillStyle = this.palette.text;
        pen.font = "11px ui-monospace, monospace";
        pen.textBaseline = "middle";
        pen.textAlign = "right";
        this.frame.labels.forEach((label, row) => pen.fillText(label, gutter.left - 6, gutter.top + size.line * (row + 0.5)));
        pen.textAlign = "center";
        const step = [1, 2, 4, 8, 16, 32, 64].find(step => step * size.cell >= 22) ?? 64;
        for (let column = 0; column < this.frame.columns; column += step) {
            pen.fillText(column, gutter.left + size.cell * (column + 0.5), gutter.top / 2);
        }
    }

    paintCell(pen, size, row, column) {
        const at = 2 * (row * this.frame.columns + column);
        const [load, state, copies] = [this.frame.bytes[at], this.frame.bytes[at + 1] & 7, this.frame.bytes[at + 1] >> 3];
        if (state === states.none) { return; }
        const gap = size.cell >= 8 ? 2 : 0.5;
        const [x, y] = [gutter.left + size.cell * column, gutter.top + size.line * row];
        const [width, height] = [size.cell - gap, size.line - gap];
        pen.globalAlpha = state === states.draining ? 0.5 : 1;
        if (copies > 0) {
            pen.fillStyle = this.palette.heat[load];
            pen.fillRect(x, y, width, height);
        } else {
            pen.strokeStyle = load > 0 ? this.palette.heat[load] : this.palette.absent;
            pen.lineWidth = 1;
            pen.strokeRect(x + 0.5, y + 0.5, Math.max(0, width - 1), Math.max(0, height - 1));
        }
        pen.globalAlpha = 1;
        if (state === states.loading) { this.paintHatch(pen, x, y, width, height); }
        if (copies > 1 && width >= 9 && height >= 11) {
            pen.fillStyle = load > 145 ? this.palette.onHot : this.palette.onCold;
            pen.font = `600 ${Math.min(13, height - 2)}px ui-monospace, monospace`;
            pen.fillText(copies, x + width / 2, y + height / 2 + 0.5);
        }
    }

    paintHatch(pen, x, y, width, height) {
        pen.save();
        pen.beginPath();
        pen.rect(x, y, width, height);
        pen.clip();
        pen.strokeStyle = this.palette.text;
        pen.lineWidth = 1.5;
        pen.beginPath();
        for (let left = x - height; left < x + width; left += 6) {
            pen.moveTo(left, y + height);
            pen.lineTo(left + height, y);
        }
        pen.stroke();
        pen.restore();
    }

    paintSelection(pen, size) {
        if (!this.selected || this.selected.row >= this.frame.rows) { return; }
        pen.strokeStyle = this.palette.focus;
        pen.lineWidth = 2;
        pen.strokeRect(
            gutter.left + size.cell * this.selected.column - 1, gutter.top + size.line * this.selected.row - 1, size.cell, size.line);
    }

    cellAt(event) {
        if (!this.frame) { return null; }
        const size = this.geometry();
        return { row: Math.floor((event.offsetY - gutter.top) / size.line), column: Math.floor((event.offsetX - gutter.left) / size.cell) };
    }

    move(event) {
        const step = arrows[event.key];
        if (!step || !this.frame) { return; }
        event.preventDefault();
        const from = this.selected ?? { row: 0, column: 0 };
        const clamp = (value, count) => Math.max(0, Math.min(count - 1, value));
        this.select({ row: clamp(from.row + step[0], this.frame.rows), column: clamp(from.column + step[1], this.frame.columns) });
    }

    select(cell) {
        const isInside = cell && this.frame && cell.row >= 0 && cell.row < this.frame.rows && cell.column >= 0 && cell.column < this.frame.columns;
        if (!isInside || (this.selected?.row === cell.row && this.selected.column === cell.column)) { return; }
        if ((this.frame.bytes[2 * (cell.row * this.frame.columns + cell.column) + 1] & 7) === states.none) { return; }
        this.selected = cell;
        this.paint();
        this.viewer.invokeMethodAsync("Select", cell.row, cell.column);
    }
}

function readPalette(canvas) {
    const style = getComputedStyle(canvas);
    const color = name => style.getPropertyValue(name).trim();
    const stops = [0, 1, 2, 3, 4].map(index => parse(color(`--heat-${index}`)));
    return {
        heat: Array.from({ length: 256 }, (_, load) => blend(stops, load / 255)),
        text: color("--heat-text"), absent: color("--heat-absent"), focus: color("--heat-focus"),
        onHot: color("--heat-on-hot"), onCold: color("--heat-on-cold"),
    };
}

function parse(hex) {
    return [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
}

function blend(stops, share) {
    const place = share * (stops.length - 1);
    const [low, part] = [Math.min(stops.length - 2, Math.floor(place)), place - Math.min(stops.length - 2, Math.floor(place))];
    const channels = stops[low].map((value, index) => Math.round(value + (stops[low + 1][index] - value) * part));
    return `rgb(${channels.join(",")})`;
}
