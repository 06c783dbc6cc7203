using System.CommandLine;
using System.Net.Sockets;
using DaprMoE.Gateway;
using DaprMoE.Inference;
using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Simulation;
using DaprMoE.Text;

namespace DaprMoE.Cli;

/// <summary>Says what went wrong, in one line, and chooses the exit code.</summary>
internal static class ErrorReport
{
    public static int WriteUsage(ParseResult arguments, Terminal terminal)
    {
        string command = arguments.CommandResult.Command is RootCommand ? "" : arguments.CommandResult.Command.Name + " ";
        terminal.Error.WriteLine($"daprmoe: {arguments.Errors[0].Message} See `daprmoe {command}--help`.");
        return ExitCodes.Usage;
    }

    public static int Write(Exception exception, Terminal terminal, bool verbose)
    {
        (string message, int exitCode) = Explain(exception);
        terminal.Error.WriteLine("daprmoe: " + message.ReplaceLineEndings(" "));
        if (verbose)
        {
            terminal.Error.WriteLine(exception);
        }

        return exitCode;
    }

    private static (string Message, int ExitCode) Explain(Exception exception) => exception switch
    {
        CommandException known => (known.Message, known.ExitCode),
        AggregateException { InnerException: { } inner } => Explain(inner),
        ContextOverflowException or ContextLimitException => (exception.Message, ExitCodes.Usage),
        QueueFullException => (exception.Message, ExitCodes.Failed),
        SchedulingException => (exception.Message, ExitCodes.Usage),
        CheckpointException or TokenizerException or TemplateException or SimulationException => (exception.Message, ExitCodes.BadInput),
        InvalidDataException or FileNotFoundException or DirectoryNotFoundException => (exception.Message, ExitCodes.BadInput),
        UnauthorizedAccessException => (exception.Message, ExitCodes.BadInput),
        OutOfMemoryException => ($"There is not enough memory: {exception.Message}", ExitCodes.Unavailable),
        IOException or SocketException => (exception.Message, ExitCodes.Unavailable),
        _ => ($"Unexpected {exception.GetType().Name}: {exception.Message} This is a defect; --verbose shows where it happened.", ExitCodes.Defect),
    };
}
