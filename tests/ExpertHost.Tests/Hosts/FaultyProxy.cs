using System.Net;
using System.Net.Sockets;

namespace DaprMoE.ExpertHost.Tests;

/// <summary>A connection's way to a host, on which things can go wrong.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(Socket Client, Socket Host)> _pairs = [];
    private readonly Uri _host;
    private readonly Task _accepting;
    private TaskCompletionSource _flow = Flowing();

    public FaultyProxy(Uri host)
    {
        _host = host;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Bytes wait so long before they go on.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Both ends stay open, and nothing comes through any more: what a lost network looks like.</summary>
    public void Freeze() => _flow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Bytes come through again.</summary>
    public void Thaw() => _flow.TrySetResult();

    /// <summary>Resets all connections.</summary>
    public void Reset()
    {
        lock (_pairs)
        {
            foreach ((Socket client, Socket host) in _pairs)
            {
                client.Close(timeout: 0);
                host.Close(timeout: 0);
            }

            _pairs.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Thaw();
        Reset();
        await _accepting;
        _stop.Dispose();
    }

    private static TaskCompletionSource Flowing()
    {
        TaskCompletionSource flow = new();
        flow.SetResult();
        return flow;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_stop.Token);
                Socket host = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                client.NoDelay = true;
                await host.ConnectAsync(IPAddress.Loopback, _host.Port, _stop.Token);
                lock (_pairs)
                {
                    _pairs.Add((client, host));
                }

                _ = PumpAsync(client, host);
                _ = PumpAsync(host, client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[65536];
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and int count)
            {
                await _flow.Task;
                if (Delay > TimeSpan.Zero)
                {
                    await Task.Delay(Delay, _stop.Token);
                }

                await to.SendAsync(buffer.AsMemory(0, count), _stop.Token);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
