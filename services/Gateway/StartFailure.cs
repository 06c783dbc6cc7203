using DaprMoE.DirectTransport;
using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Text;
using Microsoft.Extensions.Options;

namespace DaprMoE.Gateway;

/// <summary>Says why the process could not start, and with which exit code it ends.</summary>
internal static class StartFailure
{
    private const int Failed = 1;
    private const int WrongSettings = 2;

    /// <summary>Writes the reason.</summary>
    /// <returns>The exit code.</returns>
    public static int Report(Exception failure, TextWriter writer)
    {
        if (failure is OptionsValidationException options)
        {
            foreach (string fault in options.Failures)
            {
                writer.WriteLine(fault);
            }

            return WrongSettings;
        }

        // What has a message for users needs no stack; anything else is a bug, and its stack is what a report of it needs.
        bool isExplained = failure is CheckpointException or TokenizerException or TemplateException or IOException
            or InvalidDataException or UnauthorizedAccessException or ContextLimitException or InsufficientMemoryException or ExpertTooLargeException or ExpertHostsException or BackendUnavailableException or PolicyRefusedException;
        writer.WriteLine(isExplained ? failure.Message : failure.ToString());
        return Failed;
    }
}
