using Spectre.Console;

namespace DaprMoE.Cli;

/// <summary>A table for a person.</summary>
internal static class SpectreTable
{
    public static void Write(TextWriter writer, Table table)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.Yes });
        var drawn = new Spectre.Console.Table { Border = TableBorder.Rounded, ShowHeaders = table.HasHeader };
        foreach (var column in table.Columns)
        {
            var drawnColumn = new TableColumn(Markup.Escape(column.Name));
            drawn.AddColumn(column.IsNumber ? drawnColumn.RightAligned() : drawnColumn);
        }

        foreach (var row in table.Rows)
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
