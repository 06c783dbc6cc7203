using DaprMoE.Ports;

namespace DaprMoE.DirectTransport;

/// <summary>A call that a host has accepted, with the bytes that it was read from and the way back. Reused.</summary>
internal sealed class HostedCall(FrameLimits limits, UInt128 model)
{
    /// <summary>The call.</summary>
    public CallFrame Frame { get; } = new(limits, model);

    /// <summary>Its bytes.</summary>
    public FrameBuffer? Bytes { get; set; }

    /// <summary>Where its answer goes.</summary>
    public FrameSender? Sender { get; set; }

    /// <summary>Names it on its device: callers' own numbers may collide.</summary>
    public long Number { get; set; }

    /// <summary>When it was accepted, by the stopwatch's timestamps.</summary>
    public long AcceptedAt { get; set; }
}
