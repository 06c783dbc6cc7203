using System.CommandLine;

namespace DaprMoE.Cli;

/// <summary>A command with examples for its help.</summary>
internal abstract class CliCommand : Command
{
    protected CliCommand(CommandEnvironment environment, string name, string description)
        : base(name, description)
    {
        Environment = environment;
        SetAction(RunAsync);
    }

    /// <summary>Command lines that work as they stand, each with what it does.</summary>
    public abstract IReadOnlyList<Example> Examples { get; }

    /// <summary>What is wrong with values that are each allowed, one sentence each.</summary>
    public virtual IEnumerable<string> Faults(ParseResult arguments) => [];

    protected CommandEnvironment Environment { get; }

    protected Terminal Terminal => Environment.Terminal;

    /// <summary>Does the work and returns one of <see cref="ExitCodes"/>.</summary>
    protected abstract Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken);
}

/// <summary>A command line and what it does.</summary>
internal sealed record Example(string CommandLine, string Meaning);
