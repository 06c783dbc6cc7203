using System.CommandLine;
using System.Net.Sockets;
using System.Text;
using DaprMoE.DirectTransport;
using DaprMoE.Experts;
using DaprMoE.Gateway;
using DaprMoE.Inference;
using DaprMoE.Models;
using DaprMoE.Ports;
using DaprMoE.Predictors;
using DaprMoE.Scheduling;
using DaprMoE.Simulation;
using DaprMoE.Text;

namespace DaprMoE.Cli;

/// <summary>Says what went wrong, a line for each fault, with <c>--json</c> as an object too, and chooses the exit code.</summary>
internal static class ErrorReport
{
    public static int WriteUsage(IReadOnlyList<string> faults, ParseResult arguments, Terminal terminal)
    {
        string command = arguments.CommandResult.Command is RootCommand ? "" : arguments.CommandResult.Command.Name + " ";
        for (int i = 0; i < faults.Count; i++)
        {
            terminal.Error.WriteLine($"daprmoe: {faults[i]}" + (i == faults.Count - 1 ? $" See `daprmoe {command}--help`." : ""));
        }

        return WriteJson(string.Join(" ", faults), ExitCodes.Usage, arguments, terminal);
    }

    public static int Write(Exception exception, Terminal terminal, ParseResult arguments)
    {
        (string message, int exitCode) = Explain(exception);
        message = message.ReplaceLineEndings(" ");
        terminal.Error.WriteLine("daprmoe: " + message);
        if (arguments.Verbose())
        {
            terminal.Error.WriteLine(exception);
        }

        return WriteJson(message, exitCode, arguments, terminal);
    }

    private static int WriteJson(string message, int exitCode, ParseResult arguments, Terminal terminal)
    {
        if (arguments.Json())
        {
            ErrorResult.Write(terminal, message, exitCode);
        }

        return exitCode;
    }

    private static (string Message, int ExitCode) Explain(Exception exception) => exception switch
    {
        CommandException known => (known.Message, known.ExitCode),
        AggregateException { InnerException: { } inner } => Explain(inner),
        ContextFullException or ContextOverflowException or ContextLimitException or ExpertTooLargeException or PolicyRefusedException => (exception.Message, ExitCodes.Usage),
        ExpertHostsException or BackendUnavailableException => (exception.Message, ExitCodes.Unavailable),
        QueueFullException => (exception.Message, ExitCodes.Failed),
        SchedulingException => (exception.Message, ExitCodes.Usage),
        CheckpointException or TokenizerException or TemplateException or SimulationException or PredictorException =>
            (exception.Message, ExitCodes.BadInput),
        DecoderFallbackException => ("Standard input is not valid UTF-8.", ExitCodes.BadInput),
        InvalidDataException or FileNotFoundException or DirectoryNotFoundException => (exception.Message, ExitCodes.BadInput),
        UnauthorizedAccessException or StateStoreException => (exception.Message, ExitCodes.BadInput),
        OutOfMemoryException => ($"There is not enough memory: {exception.Message}", ExitCodes.Unavailable),
        IOException or SocketException => (exception.Message, ExitCodes.Unavailable),
        _ => ($"Unexpected {exception.GetType().Name}: {exception.Message} This is a defect; --verbose shows where it happened.", ExitCodes.Defect),
    };
}
