namespace DaprMoE.Cli;

/// <summary>Ends a command with one line for the user.</summary>
internal sealed class CommandException(string message, int exitCode) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static CommandException Usage(string message) => new(message, ExitCodes.Usage);

    public static CommandException BadInput(string message) => new(message, ExitCodes.BadInput);
}
