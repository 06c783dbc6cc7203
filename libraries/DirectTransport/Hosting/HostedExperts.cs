using System.Collections.Concurrent;
using System.Diagnostics;
using DaprMoE.Experts;
using DaprMoE.Ports;
using Microsoft.Extensions.Logging;

namespace DaprMoE.DirectTransport;

/// <summary>The devices of an expert host as callers reach them.</summary>
internal sealed partial class HostedExperts : IDisposable
{
    private const int MostSpareCalls = 256;

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _draining = new();
    private readonly ConcurrentQueue<HostedCall> _spare = new();
    private readonly CallComputer[] _computers;
    private readonly ILogger _logger;
    private readonly UInt128 _model;
    private long _lastNumber;
    private int _open;
    private int _disposed;

    /// <param name="host">What the host is.</param>
    /// <param name="devices">Its devices.</param>
    /// <param name="logger">Told of bad frames and failures.</param>
    public HostedExperts(HostDescription host, IReadOnlyList<IExpertDevice> devices, ILogger logger)
    {
        (Host, Devices, _logger, _model) = (host, devices, logger, host.ModelNumber);
        _computers = [.. devices.Select(device => new CallComputer(device, host, Done, logger))];
    }

    /// <summary>What the host is.</summary>
    public HostDescription Host { get; }

    /// <summary>Its devices.</summary>
    public IReadOnlyList<IExpertDevice> Devices { get; }

    /// <summary>Cancelled when streams are to end.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Cancelled when the host is about to go: callers are told, so that they call others.</summary>
    public CancellationToken Draining => _draining.Token;

    /// <summary>Calls that are accepted and not answered.</summary>
    public int OpenCalls => Volatile.Read(ref _open);

    /// <summary>Accepts a call's frame, which is taken over, or answers why not.</summary>
    /// <returns>False when the frame could not be used.</returns>
    public bool Accept(FrameBuffer bytes, FrameSender sender)
    {
        HostedCall call = _spare.TryDequeue(out HostedCall? spare) ? spare : new HostedCall(Host.Limits, _model);
        (call.Bytes, call.Sender, call.Number) = (bytes, sender, Interlocked.Increment(ref _lastNumber));
        call.AcceptedAt = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref _open);
        try
        {
            call.Frame.Read(bytes.Memory);
        }
        catch (FrameException exception)
        {
            LogBadCall(Host.Name, exception.Message);
            _ = FrameFormat.TryReadCall(bytes.Span, out long named, out _);
            Refuse(call, named, CallOutcome.Refused, exception.Message);
            return false;
        }

        if (call.Frame.Incarnation != Host.Incarnation)
        {
            Refuse(call, call.Frame.Call, CallOutcome.Stale, $"Expert host {Host.Name} has restarted since.");
        }
        else if (!_computers[call.Frame.Device].TryAccept(call))
        {
            Refuse(call, call.Frame.Call, CallOutcome.Refused, $"Too many calls wait for device {Devices[call.Frame.Device].Name}.");
        }

        return true;
    }

    /// <summary>Tells callers that the host is about to go.</summary>
    public void Drain() => _draining.Cancel();

    /// <summary>Ends the streams.</summary>
    public void Stop() => _stopping.Cancel();

    /// <summary>Ends the streams and computes what was accepted. The devices stay.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        _draining.Cancel();
        _stopping.Cancel();
        foreach (CallComputer computer in _computers)
        {
            computer.Dispose();
        }

        _stopping.Dispose();
        _draining.Dispose();
    }

    private void Refuse(HostedCall call, long named, CallOutcome outcome, string message)
    {
        Answers.Refuse(call.Sender!, named, Host.Incarnation, outcome, message, Host.Limits.HiddenSize);
        Done(call);
    }

    private void Done(HostedCall call)
    {
        call.Bytes!.Return();
        (call.Bytes, call.Sender) = (null, null);
        Interlocked.Decrement(ref _open);
        if (_spare.Count < MostSpareCalls)
        {
            _spare.Enqueue(call);
        }
    }

    [LoggerMessage(EventIds.BadCall, LogLevel.Warning, "Expert host {Host} refused a call: {Reason}")]
    private partial void LogBadCall(string host, string reason);
}
