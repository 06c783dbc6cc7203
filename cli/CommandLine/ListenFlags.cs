using System.CommandLine;

namespace DaprMoE.Cli;

/// <summary>Where a server listens: <c>--port</c> or <c>--urls</c>.</summary>
/// <param name="standard">The address without either.</param>
internal sealed class ListenFlags(string standard)
{
    private readonly Option<int?> _port = NumberOption.Create("--port", 0, 65535, "Listen on this port of 127.0.0.1; 0 takes a free one");
    private readonly Option<string?> _urls = TextOption.Create(
        "--urls", "URLS", $"Listen on these addresses instead, separated by semicolons. The default is {standard}.");

    public void AddTo(Command command)
    {
        command.Options.Add(_port);
        command.Options.Add(_urls);
    }

    /// <summary>The addresses that the command line names; null when it names none.</summary>
    public string? Read(ParseResult arguments) => (arguments.GetValue(_urls), arguments.GetValue(_port)) switch
    {
        ({ } urls, null) => urls,
        (null, { } port) => $"http://127.0.0.1:{port}",
        (null, null) => null,
        _ => throw CommandException.Usage("--port and --urls exclude one another; a port can be part of --urls."),
    };
}
