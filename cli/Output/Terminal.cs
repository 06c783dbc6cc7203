using System.Text;
using Microsoft.Win32.SafeHandles;

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
    /// The process's streams. On a terminal they are not <see cref="Console"/>'s: those set it to modes of their own, which takes time
    /// at the start and would have to be undone at any end. Elsewhere they are, since a file stream would write at a position of its own.
    /// </summary>
    public static Terminal OfProcess() => new()
    {
        Out = Writer(Console.IsOutputRedirected ? Console.OpenStandardOutput() : Open(1, FileAccess.Write)),
        Error = Writer(Console.IsErrorRedirected ? Console.OpenStandardError() : Open(2, FileAccess.Write)),
        In = Reader(Open(0, FileAccess.Read)),
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        InIsTerminal = !Console.IsInputRedirected,
    };

    /// <summary>Reads text and refuses what is none: replacement characters would be answered as if they had been typed.</summary>
    internal static StreamReader Reader(Stream stream) => new(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));

    private static FileStream Open(nint descriptor, FileAccess access) =>
        new(new SafeFileHandle(descriptor, ownsHandle: false), access, bufferSize: 0);

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(false)) { AutoFlush = true };
}
