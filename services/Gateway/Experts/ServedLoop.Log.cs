namespace DaprMoE.Gateway;

internal sealed partial class ServedLoop
{
    [LoggerMessage(EventIds.PredictorRefused, LogLevel.Warning, "Experts are foreseen by gates as they are: {Reason}")]
    private static partial void LogNotTrained(ILogger logger, string reason);
}
