using DaprMoE.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace DaprMoE.Gateway;

/// <summary>
/// Opens the model in the background, so that probes are answered meanwhile, and closes it once the last answer is out.
/// </summary>
internal sealed partial class ModelHost(
    ModelOpener open,
    IOptions<GatewayOptions> options,
    IOptions<BillOptions> bill,
    StartupState state,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILoggerFactory logs,
    ILogger<ModelHost> logger) : IHostedService, IServedModelSource, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<ServedModel> _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ServedModel? _current;
    private Task _opening = Task.CompletedTask;

    /// <summary>Raised once, when the model is open and before it serves.</summary>
    public event Action<ServedModel>? Opened;

    /// <summary>The model, once it is open.</summary>
    public ServedModel? Current => _current;

    /// <summary>Why it could not be opened.</summary>
    public Exception? Failure { get; private set; }

    public Task<ServedModel> WhenOpenAsync(CancellationToken cancellationToken) => _open.Task.WaitAsync(cancellationToken);

    /// <summary>The model that a request names; null names the only one.</summary>
    /// <exception cref="ApiException">It is not open yet, or has another id.</exception>
    public ServedModel Require(string? id)
    {
        if (_current is not { } model || state.IsStopping)
        {
            throw ApiErrors.NotReady(state.Phase);
        }

        return id is null || id == model.Id ? model : throw ApiErrors.ModelNotFound(id, model.Id);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        state.Enter("loading the model");
        _opening = Task.Run(OpenAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _opening.WaitAsync(cancellationToken);
        if (Interlocked.Exchange(ref _current, null) is { } model)
        {
            model.Dispose();
        }
    }

    public void Dispose() => _stop.Dispose();

    private async Task OpenAsync()
    {
        try
        {
            ServedModel model = await open(options.Value, new OpeningServices(clock, logs) { Prices = bill.Value.Prices }, _stop.Token);
            Opened?.Invoke(model);
            _current = model;
            _open.SetResult(model);
            state.Ready();
            LogReady(model.Id, state.Elapsed.TotalSeconds);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            LogOpeningCancelled();
        }
#pragma warning disable CA1031 // Whatever kept the model from opening ends the process, by RunGatewayAsync.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Failure = exception;
            LogOpeningFailed(exception, options.Value.Model);
            lifetime.StopApplication();
        }
    }
}
