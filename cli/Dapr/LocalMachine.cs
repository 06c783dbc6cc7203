using System.Net;
using System.Net.Sockets;

namespace DaprMoE.Cli;

/// <summary>The machine that the command runs on.</summary>
internal sealed class LocalMachine(TimeProvider clock) : IMachine
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(1);

    public bool HasFile(string path) => File.Exists(path);

    public async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(ConnectTime, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), either.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
