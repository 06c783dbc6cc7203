using Microsoft.Extensions.Logging;

namespace DaprMoE.DirectTransport.Benchmarks;

/// <summary>Counts hosts that are lost, and says why.</summary>
internal sealed class LossLog : ILogger<ExpertHosts>
{
    private int _lost;

    public int Lost => Volatile.Read(ref _lost);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string line = formatter(state, exception);
        if (line.Contains("is lost", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _lost);
            Console.Error.WriteLine(line);
        }
    }
}
