using Spectre.Console;

namespace DaprMoE.Cli;

/// <summary>A table for a person.</summary>
internal static class SpectreTable
{
    public static void Write(TextWriter writer, Table table)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.Yes });
        Spectre.Console.Table drawn = new() { Border = TableBorder.Rounded, ShowHeaders = table.HasHeader };
        foreach (Column column in table.Columns)
        {
            TableColumn drawnColumn = new(Markup.Escape(column.Name));
            drawn.AddColumn(column.IsNumber ? drawnColumn.RightAligned() : drawnColumn);
        }

        foreach (IReadOnlyList<Cell> row in table.Rows)
        {
            drawn.AddRow(row.Select(cell => new Spectre.Console.Text(cell.Text, StyleOf(cell.Tone))));
        }

        console.Write(drawn);
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Quiet => new Style(Color.Grey),
        Tone.Good => new Style(Color.Green),
        Tone.Bad => new Style(Color.Red, decoration: Decoration.Bold),
        _ => Style.Plain,
    };
}
