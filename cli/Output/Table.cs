namespace DaprMoE.Cli;

/// <summary>Rows to print. Without column names the first column names each row.</summary>
internal sealed class Table(params Column[] columns)
{
    public IReadOnlyList<Column> Columns { get; } = columns;

    public bool HasHeader => Columns.Any(column => column.Name.Length > 0);

    public List<IReadOnlyList<Cell>> Rows { get; } = [];

    /// <summary>Adds a row, one cell per column.</summary>
    public void Add(params Cell[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, Columns.Count);
        Rows.Add(cells);
    }

    /// <summary>A table of named facts.</summary>
    public static Table OfFacts() => new(new Column(""), new Column(""));
}

/// <summary>A column; numbers stand on the right.</summary>
internal sealed record Column(string Name, bool IsNumber = false);

/// <summary>One value as text.</summary>
internal readonly record struct Cell(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Cell(string text) => new(text);

    public static Cell Check(bool ok) => ok ? new Cell("ok", Tone.Good) : new Cell("FAILED", Tone.Bad);
}

/// <summary>How a cell looks on a terminal.</summary>
internal enum Tone
{
    Plain,
    Quiet,
    Good,
    Bad,
}
