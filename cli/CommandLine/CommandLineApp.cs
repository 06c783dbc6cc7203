using System.CommandLine;

namespace DaprMoE.Cli;

/// <summary>The command line, from its words to an exit code.</summary>
internal static class CommandLineApp
{
    // A prompt may begin with @: no word is the name of a file of more words.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] words, CommandEnvironment environment)
    {
        words = words is ["help", .. var command] ? [.. command, "--help"] : words;
        ParseResult arguments = RootCommands.Create(environment).Parse(words, Parsing);
        if (!HelpPage.IsAsked(arguments) && CommandLineFaults.Of(arguments, words) is { Count: > 0 } faults)
        {
            return ErrorReport.WriteUsage(faults, arguments, environment.Terminal);
        }

        InvocationConfiguration configuration = new()
        {
            Output = environment.Terminal.Out,
            Error = environment.Terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await arguments.InvokeAsync(configuration, environment.Interrupts.Token);
        }
        catch (OperationCanceledException) when (environment.Interrupts.Token.IsCancellationRequested)
        {
            return environment.Interrupts.ExitCode;
        }
#pragma warning disable CA1031 // The last place to turn an exception into one line.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return ErrorReport.Write(exception, environment.Terminal, arguments);
        }
    }
}
