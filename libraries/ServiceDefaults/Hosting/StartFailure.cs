using Microsoft.Extensions.Options;

namespace DaprMoE.ServiceDefaults;

/// <summary>Says why a process could not start, and with which exit code it ends.</summary>
public static class StartFailure
{
    private const int Failed = 1;
    private const int WrongSettings = 2;

    /// <summary>Writes the reason: one line where it has a message for users, with the stack where it is a bug.</summary>
    /// <param name="failure">What happened.</param>
    /// <param name="writer">Where to write.</param>
    /// <param name="isExplained">Whether the message of a failure that only this service knows is for users.</param>
    /// <returns>The exit code: 2 for wrong settings, 1 for all else.</returns>
    public static int Report(Exception failure, TextWriter writer, Func<Exception, bool> isExplained)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(isExplained);
        if (failure is OptionsValidationException options)
        {
            foreach (string fault in options.Failures)
            {
                writer.WriteLine(fault);
            }

            return WrongSettings;
        }

        bool isForUsers = isExplained(failure)
            || failure is IOException or InvalidDataException or UnauthorizedAccessException or InsufficientMemoryException;
        writer.WriteLine(isForUsers ? failure.Message : failure.ToString());
        return Failed;
    }
}
