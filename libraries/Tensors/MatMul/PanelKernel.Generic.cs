using System.Runtime.CompilerServices;

namespace DaprMoE.Tensors;

/// <inheritdoc/>
internal sealed unsafe class PanelKernel<TSimd, TVector, TWeights>(TileSizes sizes) : PanelKernel
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
    where TWeights : struct, IWeightFormat
{
    private const int PanelWidth = PackedMatrix.PanelWidth;

    /// <summary>How far a lone tile's weights are requested in advance: about what arrives during one memory latency.</summary>
    private const int AheadBytes = 8192;

    public override void Run(in PlannedTask planned, int firstRow, int endRow, int firstUnit, int endUnit, byte* next, float* scratch)
    {
        for (var row = firstRow; row < endRow;)
        {
            var (tiles, end) = BlockFrom(row, endRow, planned.Task.Rows);
            for (var unit = firstUnit; unit < endUnit; unit++)
            {
                RunUnit(planned, row, end, tiles, unit, unit + 1 < endUnit, end == endRow ? next : null, scratch);
            }

            row = end;
        }
    }

    private (int Tiles, int End) BlockFrom(int row, int endRow, int rows)
    {
        var tiles = 0;
        for (; tiles < BlockTiles && row < endRow; tiles++)
        {
            row += sizes.Next(rows - row);
        }

        return (tiles, row);
    }

    private void RunUnit(in PlannedTask planned, int row, int end, int tiles, int unit, bool hasNext, byte* next, float* scratch)
    {
        ref readonly var task = ref planned.Task;
        var column = unit * PanelWidth;
        var width = Math.Min(PanelWidth, task.Columns - column);
        var output = task.Output + (row * task.OutputStride) + column;
        if (task.Activation == MatMulActivation.GatedSilu)
        {
            RunPanel(planned, row, end, tiles, 2 * unit, hasNext, null, scratch, ScratchStride);
            RunPanel(planned, row, end, tiles, (2 * unit) + 1, hasNext, next, scratch + PanelWidth, ScratchStride);
            var bias = task.Bias == null ? null : task.Bias + (2 * column);
            PanelResults<TSimd, TVector>.WriteGated(scratch, ScratchStride, bias, output, task.OutputStride, end - row, width);
            return;
        }

        var direct = width == PanelWidth && task.Bias == null;
        var target = direct ? output : scratch;
        RunPanel(planned, row, end, tiles, unit, hasNext, next, target, direct ? task.OutputStride : ScratchStride);
        if (!direct)
        {
            var bias = task.Bias == null ? null : task.Bias + column;
            PanelResults<TSimd, TVector>.Write(scratch, ScratchStride, bias, output, task.OutputStride, end - row, width);
        }
    }

    /// <summary>
    /// A lone tile streams its own panel, so it requests what it needs next. Several tiles find the panel in the cache but for the first:
    /// each of them requests its share of the panel that follows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunPanel(
        in PlannedTask planned, int row, int end, int tiles, int panel, bool hasNext, byte* next, float* target, nint targetStride)
    {
        ref readonly var task = ref planned.Task;
        nint inputs = task.Weights.Inputs;
        var weights = (byte*)task.Weights.Data + (panel * task.Weights.PanelBytes);
        var rowBytes = PanelWidth * TWeights.Size;
        nint aheadStep = tiles == 1 ? rowBytes : hasNext ? (rowBytes + tiles - 1) / tiles : 0;
        var ahead = tiles == 1 ? weights + AheadBytes : hasNext ? weights + (task.PanelsPerUnit * task.Weights.PanelBytes) : weights;
        if (tiles == 1 && !hasNext && next != null)
        {
            RunLastPanel(planned, row, weights, next, target, targetStride);
            return;
        }

        while (row < end)
        {
            var rows = sizes.Next(task.Rows - row);
            var x = planned.Packed == null ? task.InputRow(row) : planned.Packed + (row * inputs);
            RowTiles<TSimd, TVector, TWeights, PackedActivations>.Panel(
                rows, x, weights, target, targetStride, inputs, ahead, aheadStep, resume: false);
            ahead += inputs * aheadStep;
            target += rows * targetStride;
            row += rows;
        }
    }
    /// <summary>
    /// A lone tile's last panel: behind its own last bytes it requests the first of what the worker reads next, which would else
    /// be waited for. The chain is stored and resumed in between, which does not change it.
    /// </summary>
    private void RunLastPanel(in PlannedTask planned, int row, byte* weights, byte* next, float* target, nint targetStride)
    {
        ref readonly var task = ref planned.Task;
        nint inputs = task.Weights.Inputs;
        var rowBytes = PanelWidth * TWeights.Size;
        var rows = sizes.Next(task.Rows - row);
        var x = planned.Packed == null ? task.InputRow(row) : planned.Packed + (row * inputs);
        var own = Math.Max(0, inputs - (AheadBytes / rowBytes));
        RowTiles<TSimd, TVector, TWeights, PackedActivations>.Panel(
            rows, x, weights, target, targetStride, own, weights + AheadBytes, rowBytes, resume: false);
        RowTiles<TSimd, TVector, TWeights, PackedActivations>.Panel(
            rows, x + (own * rows), weights + (own * rowBytes), target, targetStride, inputs - own, next, rowBytes, resume: true);
    }
}
