using DaprMoE.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace DaprMoE.Gateway;

/// <summary>
/// Ends requests: when the client leaves, at the deadline, and some time after the process was told to stop.
/// </summary>
internal sealed partial class RequestLifetimes : IDisposable
{
    private readonly CancellationTokenSource _drained;
    private readonly CancellationTokenRegistration _stopping;
    private readonly GatewayOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<RequestLifetimes> _logger;

    public RequestLifetimes(
        IHostApplicationLifetime lifetime, StartupState state, IOptions<GatewayOptions> options, TimeProvider clock,
        ILogger<RequestLifetimes> logger)
    {
        _options = options.Value;
        _clock = clock;
        _drained = new(Timeout.InfiniteTimeSpan, clock);
        _logger = logger;
        _stopping = lifetime.ApplicationStopping.Register(() =>
        {
            state.Stopping();
            LogDraining(_options.DrainSeconds);
            _drained.CancelAfter(TimeSpan.FromSeconds(_options.DrainSeconds));
        });
    }

    /// <summary>
    /// Gives an endpoint a token that is cancelled when its request has to end, from the reading of the body on, and turns that end into
    /// an error that says why.
    /// </summary>
    public RequestDelegate Limit(Func<HttpContext, CancellationToken, Task> answer) => async context =>
    {
        using RequestLifetime lifetime = Begin(context.RequestAborted);
        try
        {
            await answer(context, lifetime.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw lifetime.Cause();
        }
    };

    /// <summary>Begins the lifetime of a request that came without an endpoint.</summary>
    public RequestLifetime Begin(CancellationToken clientLeft) => new(_options.RequestSeconds, _clock, _drained.Token, clientLeft);

    public void Dispose()
    {
        _stopping.Dispose();
        _drained.Dispose();
    }

    [LoggerMessage(EventIds.Draining, LogLevel.Information, "Stopping; running answers have {Seconds} s to end.")]
    private partial void LogDraining(int seconds);
}
