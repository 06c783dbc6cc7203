namespace DaprMoE.Gateway;

internal sealed partial class ErrorMiddleware
{
    [LoggerMessage(EventIds.RequestRefused, LogLevel.Debug, "{Method} {Path} was refused: {Status} {Code} {Parameter}.")]
    private partial void LogRefused(string method, PathString path, int status, string code, string? parameter);

    [LoggerMessage(EventIds.RequestFailed, LogLevel.Error, "{Method} {Path} failed.")]
    private partial void LogFailed(Exception exception, string method, PathString path);

    [LoggerMessage(EventIds.ClientLeft, LogLevel.Debug, "{Method} {Path}: the client left.")]
    private partial void LogClientLeft(string method, PathString path);
}
