using DaprMoE.Embedded;
using DaprMoE.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DaprMoE.LoadPredictor.Tests;

/// <summary>A predictor over embedded state and events; each step is one look.</summary>
internal sealed class PredictorStory : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-predictor-").FullName;
    private readonly ServiceProvider _services;

    public PredictorStory()
    {
        _services = new ServiceCollection().AddMetrics().AddSingleton<PredictorMetrics>().BuildServiceProvider();
        State = SqliteStateStore.Open(Path.Combine(_folder, "state.db"));
        Log = new LoadWindowLog(State, "gateway");
        Restart();
    }

    public SqliteStateStore State { get; private set; }

    public ChannelEventBus Bus { get; } = new();

    public LoadWindowLog Log { get; private set; }

    public PredictorLoop Loop { get; private set; } = null!;

    public List<string> Logged { get; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A new process over the same file.</summary>
    public void Restart()
    {
        State.Dispose();
        State = SqliteStateStore.Open(Path.Combine(_folder, "state.db"));
        Log = new LoadWindowLog(State, "gateway");
        Loop = new PredictorLoop(
            State,
            Bus,
            Options.Create(new LoadPredictorOptions()),
            _services.GetRequiredService<PredictorMetrics>(),
            new ListLogger(Logged));
    }

    public async Task<ForecastDocument?> SeeAsync(LoadWindow window)
    {
        await Log.WriteAsync(window, Cancel);
        await Bus.PublishAsync(EventTopics.ExpertLoad, new VersionEvent("gateway", window.Version), Cancel);
        return await Loop.StepAsync(Cancel);
    }

    /// <summary>Windows one by one; fits are waited for, so that the story is the same each time.</summary>
    public async Task<ForecastDocument?> SeeAsync(TopicWindows windows, int count)
    {
        ForecastDocument? last = null;
        for (int i = 0; i < count; i++)
        {
            last = await SeeAsync(windows.Next());
            await Loop.Fitting.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        }

        return last;
    }

    public void Dispose()
    {
        State.Dispose();
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class ListLogger(List<string> lines) : ILogger<PredictorLoop>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));
    }
}
