namespace DaprMoE.Cli;

/// <summary>Prints tables: with borders and colours for a person, aligned and bare for a program.</summary>
internal static class TableWriter
{
    private const string Gap = "  ";

    public static void Write(Terminal terminal, Table table)
    {
        if (terminal.OutIsTerminal)
        {
            SpectreTable.Write(terminal.Out, table);
        }
        else
        {
            WritePlain(terminal.Out, table);
        }
    }

    private static void WritePlain(TextWriter writer, Table table)
    {
        int[] widths = table.Columns
            .Select((column, index) => table.Rows.Select(row => row[index].Text.Length).Append(column.Name.Length).Max())
            .ToArray();
        if (table.HasHeader)
        {
            WriteRow(writer, table, widths, index => table.Columns[index].Name);
        }

        foreach (IReadOnlyList<Cell> row in table.Rows)
        {
            WriteRow(writer, table, widths, index => row[index].Text);
        }
    }

    private static void WriteRow(TextWriter writer, Table table, int[] widths, Func<int, string> text)
    {
        IEnumerable<string> cells = table.Columns.Select((column, index) =>
            column.IsNumber ? text(index).PadLeft(widths[index]) : text(index).PadRight(widths[index]));
        writer.WriteLine(string.Join(Gap, cells).TrimEnd());
    }
}
