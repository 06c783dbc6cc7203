using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using DaprMoE.DirectTransport;
using DaprMoE.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace DaprMoE.ExpertHost;

/// <summary>Opens the model in the background, so that probes are answered meanwhile; lets calls end before the process does.</summary>
internal sealed partial class HostedModelService(
    PackingProgress packing,
    DirectHost host,
    IOptions<ExpertHostSettings> settings,
    StartupState state,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<HostedModelService> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<HostedExpertsInfo> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _opening = Task.CompletedTask;
    private Task _draining = Task.CompletedTask;
    private HostedModel? _model;

    /// <summary>Completes when calls are taken.</summary>
    public Task<HostedExpertsInfo> Ready => _ready.Task;

    /// <summary>Why the model could not be opened.</summary>
    public Exception? Failure { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        state.Enter("loading the model");
        _opening = Task.Factory.StartNew(Open, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        // The server waits for streams to end before it stops, so they have to be ended when stopping begins.
        lifetime.ApplicationStopping.Register(() => _draining = DrainAsync());
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _draining;
        await _opening.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        host.Dispose();
        _model?.Dispose();
        _stop.Dispose();
    }

    private static HostedExpertsInfo Info(HostedModel model) => new(
        model.Description.Name,
        model.Description.Model,
        model.Description.Backend,
        [.. model.Devices.Select(device => new HostedDevice(device.Name, device.Memory.BudgetBytes ?? 0))]);

    private async Task DrainAsync()
    {
        state.Stopping();
        await _stop.CancelAsync();
        LogDraining(settings.Value.Name);
        if (!await host.DrainAsync(TimeSpan.FromSeconds(settings.Value.DrainSeconds)))
        {
            LogDrainCut(settings.Value.DrainSeconds);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever kept the model from opening ends the process, by RunExpertHostAsync.")]
    private void Open()
    {
        try
        {
            ulong incarnation = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
            _model = HostedModel.Open(settings.Value, incarnation, packing.Progress, clock, new ResidencyLog(logger), _stop.Token);
            host.Open(_model.Description, _model.Devices);
            state.Ready();
            _ready.SetResult(Info(_model));
            LogReady(settings.Value.Name, _model.Devices.Count, state.Elapsed.TotalSeconds);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Told to stop while it was loading.
        }
        catch (Exception exception)
        {
            Failure = exception;
            LogFailed(exception, settings.Value.Model);
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(EventIds.ModelReady, LogLevel.Information, "Expert host {Name} is ready with {Devices} devices after {Seconds:0.00} s")]
    private partial void LogReady(string name, int devices, double seconds);

    [LoggerMessage(EventIds.OpeningFailed, LogLevel.Debug, "Could not open the model {Model}")]
    private partial void LogFailed(Exception exception, string model);

    [LoggerMessage(EventIds.Draining, LogLevel.Information, "Expert host {Name} is stopping: calls that it has are finished first")]
    private partial void LogDraining(string name);

    [LoggerMessage(EventIds.DrainCut, LogLevel.Warning, "Calls were cut that had not ended after {Seconds} s")]
    private partial void LogDrainCut(int seconds);
}
