namespace DaprMoE.Cli.Tests;

public sealed class TableWriterTests
{
    [Fact]
    public void Plain_AlignsColumns_WithoutBordersAndColours()
    {
        Snapshot.Match(Print(isTerminal: false), "Table_Plain");
    }

    [Fact]
    public void Terminal_DrawsBordersAndColours()
    {
        string printed = Print(isTerminal: true);

        Assert.Contains("╭", printed, StringComparison.Ordinal);
        Assert.Contains("\u001b[", printed, StringComparison.Ordinal);
        Assert.Contains("[x]", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_AnotherNumberOfCells_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Table.OfFacts().Add("one"));
    }

    private static string Print(bool isTerminal)
    {
        using StringWriter output = new StringWriter { NewLine = "\n" };
        Terminal terminal = Terminals.Of(output, TextWriter.Null) with { OutIsTerminal = isTerminal };
        Table table = new Table(new Column("check"), new Column("error", IsNumber: true), new Column("result"));
        table.Add("logits [x]", "1.0e-5", Cell.Check(true));
        table.Add("hidden", "12", Cell.Check(false));
        TableWriter.Write(terminal, table);
        return output.ToString();
    }
}
