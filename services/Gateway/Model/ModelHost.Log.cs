namespace DaprMoE.Gateway;

internal sealed partial class ModelHost
{
    [LoggerMessage(EventIds.ModelReady, LogLevel.Information, "Model {Model} is ready after {Seconds:0.00} s.")]
    private partial void LogReady(string model, double seconds);

    [LoggerMessage(EventIds.ModelOpeningCancelled, LogLevel.Information, "Stopped before the model was open.")]
    private partial void LogOpeningCancelled();

    [LoggerMessage(EventIds.ModelOpeningFailed, LogLevel.Debug, "The model in {Folder} can't be served.")]
    private partial void LogOpeningFailed(Exception exception, string folder);
}
