namespace DaprMoE.LoadPredictor;

internal sealed partial class PredictorLoop
{
    [LoggerMessage(2001, LogLevel.Warning, "{Count} places of the window log hold no window; they are skipped.")]
    private partial void LogRefusedWindows(int count);

    [LoggerMessage(2002, LogLevel.Warning, "{Fault} It is not used; smoothing serves until the next fit, which replaces it.")]
    private partial void LogRefusedPredictor(string fault);

    [LoggerMessage(2007, LogLevel.Warning, "Candidates that can't be fitted here ({Fault}); install libgomp1 (LightGBM is for x64 only).")]
    private partial void LogMissingCandidates(string fault);

    [LoggerMessage(2006, LogLevel.Warning, "{Fault} Versions of forecasts begin at 1 again.")]
    private partial void LogRefusedForecast(string fault);

    [LoggerMessage(2003, LogLevel.Information, "{Candidate} serves again, as before the restart (load accuracy {Accuracy:0.0000}).")]
    private partial void LogRestored(string candidate, double accuracy);

    [LoggerMessage(2004, LogLevel.Information, "{Candidate} serves: load accuracy {Accuracy:0.0000} on the newest {Windows} windows.")]
    private partial void LogFitted(string candidate, double accuracy, int windows);

    [LoggerMessage(2005, LogLevel.Error, "A fit failed; what served before goes on serving.")]
    private partial void LogFitFailed(Exception exception);
}
