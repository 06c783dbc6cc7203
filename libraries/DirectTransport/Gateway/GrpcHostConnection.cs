using DaprMoE.DirectTransport.Control;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace DaprMoE.DirectTransport;

/// <summary>A connection over gRPC: one channel, so one TCP connection, for control and one for data.</summary>
internal sealed class GrpcHostConnection : IHostConnection
{
    // Windows as large as a prefill's frames, so that one never waits for the other side's permission.
    private const int WindowBytes = 4 << 20;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    private readonly GrpcChannel _control;
    private readonly GrpcChannel _data;
    private readonly HostSecurity _security;

    /// <param name="address">The host.</param>
    /// <param name="security">How to prove oneself, and whom to trust.</param>
    /// <param name="maxAnswerBytes">Bytes of the longest frame that may come.</param>
    public GrpcHostConnection(Uri address, HostSecurity security, int maxAnswerBytes)
    {
        _security = security;
        _control = Channel(address, maxAnswerBytes: 1 << 20);
        _data = Channel(address, maxAnswerBytes);
    }

    public IAsyncEnumerable<Announcement> AnnouncementsAsync(CancellationToken cancellationToken) =>
        new ExpertControl.ExpertControlClient(Invoker(_control))
            .Announce(new AnnounceRequest(), cancellationToken: cancellationToken).ResponseStream.ReadAllAsync(cancellationToken);

    public IAsyncEnumerable<Beat> BeatsAsync(CancellationToken cancellationToken) =>
        new ExpertControl.ExpertControlClient(Invoker(_control))
            .Heartbeat(new HeartbeatRequest(), cancellationToken: cancellationToken).ResponseStream.ReadAllAsync(cancellationToken);

    public IDataStream OpenData(ulong incarnation, PendingCalls calls) => new DataStream(Invoker(_data), incarnation, calls);

    public void Dispose()
    {
        _control.Dispose();
        _data.Dispose();
    }

    private CallInvoker Invoker(GrpcChannel channel) => _security.Secret is { } secret
        ? channel.CreateCallInvoker().Intercept(metadata =>
        {
            metadata.Add(SharedSecret.HeaderName, SharedSecret.HeaderValue(secret));
            return metadata;
        })
        : channel.CreateCallInvoker();

    private GrpcChannel Channel(Uri address, int maxAnswerBytes)
    {
        SocketsHttpHandler handler = new()
        {
            ConnectTimeout = ConnectTimeout,
            UseProxy = false,
            InitialHttp2StreamWindowSize = WindowBytes,
            ActivityHeadersPropagator = null,
            EnableMultipleHttp2Connections = false,
        };
        if (_security.Tls() is { } tls)
        {
            handler.SslOptions = tls;
        }

        return GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = maxAnswerBytes,
            MaxSendMessageSize = null,
        });
    }
}
