using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;

namespace DaprMoE.Cli;

/// <summary>Help with examples, and the version.</summary>
internal static class HelpPage
{
    public static string Version =>
        typeof(HelpPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Whether help or the version is all that is wanted, so that nothing else has to be right.</summary>
    public static bool IsAsked(ParseResult arguments) => arguments.Action is ExamplesAction or VersionAction;

    public static void Install(RootCommand root)
    {
        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
            {
                option.Action = new ExamplesAction(help);
            }
            else if (option is VersionOption)
            {
                option.Action = new VersionAction();
            }
        }
    }

    private sealed class ExamplesAction(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool Terminating => true;

        public override int Invoke(ParseResult parseResult)
        {
            help.Invoke(parseResult);
            TextWriter output = parseResult.InvocationConfiguration.Output;
            if (parseResult.CommandResult.Command is CliCommand command)
            {
                WriteExamples(output, command.Examples);
            }

            output.WriteLine("Exit codes:");
            output.WriteLine("  " + ExitCodes.Help);
            return ExitCodes.Success;
        }

        private static void WriteExamples(TextWriter output, IReadOnlyList<Example> examples)
        {
            output.WriteLine("Examples:");
            foreach (Example example in examples)
            {
                output.WriteLine("  " + example.CommandLine);
                output.WriteLine("      " + example.Meaning);
            }

            output.WriteLine();
        }
    }

    private sealed class VersionAction : SynchronousCommandLineAction
    {
        public override bool Terminating => true;

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(
                parseResult.Json() ? $$"""{"version":"{{Version}}"}""" : "daprmoe " + Version);
            return ExitCodes.Success;
        }
    }
}
