using System.Text;

namespace DaprMoE.Cli;

/// <summary>The three standard streams and what stands behind them.</summary>
internal sealed record Terminal
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public required TextReader In { get; init; }

    /// <summary>Whether a person reads <see cref="Out"/>: then tables have borders and colours.</summary>
    public required bool OutIsTerminal { get; init; }

    /// <summary>Whether progress on <see cref="Error"/> may be drawn over.</summary>
    public required bool ErrorIsTerminal { get; init; }

    /// <summary>Whether a person types.</summary>
    public required bool InIsTerminal { get; init; }

    /// <summary>
    /// The process's streams. They are opened directly: <see cref="Console.Out"/> would set up the terminal first, which costs start-up time.
    /// </summary>
    public static Terminal OfProcess() => new()
    {
        Out = Writer(Console.OpenStandardOutput()),
        Error = Writer(Console.OpenStandardError()),
        In = Console.IsInputRedirected ? new StreamReader(Console.OpenStandardInput(), Encoding.UTF8) : Console.In,
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        InIsTerminal = !Console.IsInputRedirected,
    };

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(false)) { AutoFlush = true };
}
