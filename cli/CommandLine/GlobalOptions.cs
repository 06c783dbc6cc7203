using System.CommandLine;

namespace DaprMoE.Cli;

/// <summary>Options of every command.</summary>
internal static class GlobalOptions
{
    private const string JsonName = "--json";
    private const string VerboseName = "--verbose";

    public static void AddTo(Command root)
    {
        root.Options.Add(new Option<bool>(JsonName) { Description = "Print the result as JSON.", Recursive = true });
        root.Options.Add(new Option<bool>(VerboseName) { Description = "Show where an error came from.", Recursive = true });
    }

    public static bool Json(this ParseResult arguments) => arguments.GetValue<bool>(JsonName);

    public static bool Verbose(this ParseResult arguments) => arguments.GetValue<bool>(VerboseName);
}
