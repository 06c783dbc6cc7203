using System.Diagnostics.CodeAnalysis;
using DaprMoE.Experts;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace DaprMoE.DirectTransport;

/// <summary>
/// The host's end of the direct transport. Its services are there from the start of the process and refuse callers until the devices are
/// (<see cref="Open"/>). Safe for any thread.
/// </summary>
/// <param name="loggers">Makes the logger of bad frames and failures.</param>
/// <param name="clock">The clock.</param>
public sealed class DirectHost(ILoggerFactory loggers, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan QuietTime = TimeSpan.FromMilliseconds(100);

    private volatile HostedExperts? _experts;

    /// <summary>What the host is; null until its devices are there.</summary>
    public HostDescription? Description => _experts?.Host;

    /// <summary>Lets callers in; once.</summary>
    /// <param name="description">What the host is.</param>
    /// <param name="devices">Its devices; the caller disposes them, after this.</param>
    public void Open(HostDescription description, IReadOnlyList<IExpertDevice> devices)
    {
        ArgumentNullException.ThrowIfNull(description);
        if (_experts is not null)
        {
            throw new InvalidOperationException("The host is open already.");
        }

        _experts = new HostedExperts(description, devices, loggers.CreateLogger<DirectHost>());
    }

    /// <summary>Tells callers that the host is about to go, waits until no call is left, then ends the streams.</summary>
    /// <param name="most">The longest wait.</param>
    /// <returns>Whether all calls were answered.</returns>
    public async Task<bool> DrainAsync(TimeSpan most)
    {
        if (_experts is not { } experts)
        {
            return true;
        }

        experts.Drain();
        long start = clock.GetTimestamp();
        long quietSince = start;
        while (clock.GetElapsedTime(start) < most && clock.GetElapsedTime(quietSince) < QuietTime)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), clock).ConfigureAwait(false);
            quietSince = experts.OpenCalls > 0 ? clock.GetTimestamp() : quietSince;
        }

        experts.Stop();
        return experts.OpenCalls == 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _experts?.Dispose();

    /// <summary>The devices as callers reach them.</summary>
    /// <exception cref="RpcException">They are not there yet.</exception>
    [SuppressMessage("Design", "CA1024", Justification = "It throws.")]
    internal HostedExperts Require() =>
        _experts ?? throw new RpcException(new Status(StatusCode.Unavailable, "The expert host is loading its model."));
}
