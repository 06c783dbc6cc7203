using DaprMoE.DirectTransport.Control;

namespace DaprMoE.DirectTransport;

/// <summary>A connection to a host, made when it is first used.</summary>
internal interface IHostConnection : IDisposable
{
    /// <summary>What the host says of itself: at once, then every second.</summary>
    IAsyncEnumerable<Announcement> AnnouncementsAsync(CancellationToken cancellationToken);

    /// <summary>Its signs of life, over a connection that carries no data.</summary>
    IAsyncEnumerable<Beat> BeatsAsync(CancellationToken cancellationToken);

    /// <summary>Opens a stream for calls, over a connection of its own.</summary>
    IDataStream OpenData(ulong incarnation, PendingCalls calls);
}
