namespace DaprMoE.Cli.Tests;

/// <summary>One run of the command inside the test process.</summary>
internal sealed record Run(int ExitCode, string Out, string Error)
{
    /// <summary>Runs the command with streams that are no terminal.</summary>
    public static Task<Run> Of(params string[] words) => With("", words);

    /// <summary>Runs the command with what is read from standard input.</summary>
    public static Task<Run> With(string input, params string[] words) => Of(interrupted: false, input, words);

    /// <summary>Runs the command after Ctrl-C.</summary>
    public static Task<Run> Interrupted(params string[] words) => Of(interrupted: true, "", words);

    /// <summary>Runs the command with a standard input.</summary>
    public static Task<Run> Reading(TextReader input, params string[] words) => Of(interrupted: false, input, words);

    private static async Task<Run> Of(bool interrupted, string input, string[] words)
    {
        using StringReader reader = new(input);
        return await Of(interrupted, reader, words);
    }

    private static async Task<Run> Of(bool interrupted, TextReader input, string[] words)
    {
        using StringWriter output = new StringWriter { NewLine = "\n" };
        using StringWriter error = new StringWriter { NewLine = "\n" };
        using Interrupts interrupts = new Interrupts(code => throw new InvalidOperationException($"exit {code}"));
        if (interrupted)
        {
            interrupts.Interrupt();
        }

        CommandEnvironment environment = new CommandEnvironment
        {
            Terminal = Terminals.Of(output, error) with { In = input },
            Interrupts = interrupts,
            Clock = TimeProvider.System,
            WorkingDirectory = Repository.Root,
            Root = Repository.Root,
            Variable = _ => null,
            NewSeed = () => 7,
        };
        int exitCode = await CommandLineApp.RunAsync(words, environment);
        return new Run(exitCode, output.ToString(), error.ToString());
    }
}
