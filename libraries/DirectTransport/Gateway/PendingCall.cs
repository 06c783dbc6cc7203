namespace DaprMoE.DirectTransport;

/// <summary>A call whose answer is awaited.</summary>
internal sealed class PendingCall
{
    /// <summary>The call.</summary>
    public long Id { get; set; }

    /// <summary>The stream that it went out on, which alone may bring its answer.</summary>
    public IDataStream? Stream { get; set; }

    /// <summary>When it has taken too long, by the clock's timestamps.</summary>
    public long Deadline { get; set; }

    /// <summary>The answer, once it is there.</summary>
    public FrameBuffer? Answer { get; set; }

    /// <summary>Whether the stream ended before the answer came.</summary>
    public bool IsLost { get; set; }
}
