using System.Threading.Channels;
using DaprMoE.DirectTransport.Control;
using DaprMoE.Ports;

namespace DaprMoE.DirectTransport.Tests;

/// <summary>A connection to a host that does what the test says.</summary>
internal sealed class FakeConnection : IHostConnection
{
    private readonly Channel<Announcement> _announcements = Channel.CreateUnbounded<Announcement>();
    private readonly Channel<Beat> _beats = Channel.CreateUnbounded<Beat>();

    public FakeStream? Stream { get; private set; }

    public bool IsDisposed { get; private set; }

    public ExpertControl.ExpertControlClient Control => throw new NotSupportedException();

    public static Announcement Said(string host = "host-0", string model = Model.Fingerprint, ulong life = 1, bool draining = false) => new()
    {
        Host = host,
        Model = model,
        FrameVersion = FrameFormat.Version,
        Incarnation = life,
        Backend = "fake",
        Dtype = "f32",
        MaxTokens = 32,
        Draining = draining,
        Devices = { new Device { Name = $"{host}-0" } },
    };

    public void Announce(Announcement announcement) => _announcements.Writer.TryWrite(announcement);

    public void Beat() => _beats.Writer.TryWrite(new Beat());

    public void Break(string reason) => _beats.Writer.Complete(new IOException(reason));

    public IAsyncEnumerable<Announcement> AnnouncementsAsync(CancellationToken cancellationToken) =>
        _announcements.Reader.ReadAllAsync(cancellationToken);

    public IAsyncEnumerable<Beat> BeatsAsync(CancellationToken cancellationToken) => _beats.Reader.ReadAllAsync(cancellationToken);

    public IDataStream OpenData(ulong incarnation, PendingCalls calls) => Stream = new FakeStream(incarnation, calls);

    public void Dispose() => IsDisposed = true;
}

/// <summary>A stream that brings nothing.</summary>
internal sealed class FakeStream(ulong incarnation, PendingCalls calls) : IDataStream
{
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ulong Incarnation => incarnation;

    public bool IsLost { get; private set; }

    public Task<Exception?> Ended => _ended.Task;

    public int Sent { get; private set; }

    public void Send(FrameBuffer frame)
    {
        Sent++;
        frame.Return();
    }

    public void Dispose()
    {
        _ended.TrySetResult(null);
        IsLost = true;
        calls.Lose(this);
    }
}
