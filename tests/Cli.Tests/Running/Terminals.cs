namespace DaprMoE.Cli.Tests;

/// <summary>Streams that are no terminal.</summary>
internal static class Terminals
{
    public static Terminal Of(TextWriter output, TextWriter error, string input = "") => new()
    {
        Out = output,
        Error = error,
        In = new StringReader(input),
        OutIsTerminal = false,
        ErrorIsTerminal = false,
        InIsTerminal = false,
    };
}
