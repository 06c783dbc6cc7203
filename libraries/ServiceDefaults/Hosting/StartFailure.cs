using Microsoft.Extensions.Options;

namespace DaprMoE.ServiceDefaults;

/// <summary>Says why a process could not start, and with which exit code it ends.</summary>
public static class StartFailure
{
    private const int Failed = 1;
    private const int WrongSettings = 2;

    /// <summary>Writes the reason: every fault of settings in a line of its own, a message, or the stack of what nobody expected.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="writer">Where to write, standard error.</param>
    /// <param name="isExplained">
    /// Whether the message is one for users and needs no stack; anything else is a bug, and its stack is what a report of it needs. What the
    /// system says about files, addresses and memory is always explained.
    /// </param>
    /// <returns>The exit code: 2 for settings, 1 for all else.</returns>
    public static int Report(Exception failure, TextWriter writer, Func<Exception, bool>? isExplained = null)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(writer);
        if (failure is OptionsValidationException options)
        {
            foreach (string fault in options.Failures)
            {
                writer.WriteLine(fault);
            }

            return WrongSettings;
        }

        bool hasMessage = failure is IOException or InvalidDataException or UnauthorizedAccessException or InsufficientMemoryException
            || isExplained?.Invoke(failure) == true;
        writer.WriteLine(hasMessage ? failure.Message : failure.ToString());
        return Failed;
    }
}
