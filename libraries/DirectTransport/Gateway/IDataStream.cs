namespace DaprMoE.DirectTransport;

/// <summary>One life of the stream to a host. Answers come to the <see cref="PendingCalls"/> that it was opened for.</summary>
internal interface IDataStream : IDisposable
{
    /// <summary>The life of the host that was announced.</summary>
    ulong Incarnation { get; }

    /// <summary>Whether it was disposed, and with it all calls that waited are lost.</summary>
    bool IsLost { get; }

    /// <summary>
    /// Completes when the stream has ended; tells why, null for its disposal. Calls wait on until it is disposed, so that the routes can be
    /// changed before.
    /// </summary>
    Task<Exception?> Ended { get; }

    /// <summary>Sends a frame, which is taken over.</summary>
    void Send(FrameBuffer frame);
}
