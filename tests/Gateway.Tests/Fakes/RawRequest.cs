using System.Net.Sockets;
using System.Text;

namespace DaprMoE.Gateway.Tests;

/// <summary>A POST over a bare connection, for clients that stop in the middle of sending or reading.</summary>
internal sealed class RawRequest : IDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    private RawRequest(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Sends the head and waits until the server asks for the body, which it does when it begins to read.</summary>
    public static async Task<RawRequest> BeginAsync(GatewayApp app, string path, int contentLength)
    {
        TcpClient client = new() { ReceiveBufferSize = 4096 };
        await client.ConnectAsync("127.0.0.1", app.Client.BaseAddress!.Port, Cancel);
        RawRequest request = new(client);
        await request.SendAsync(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {contentLength}\r\n"
            + "Expect: 100-continue\r\nConnection: close\r\n\r\n");
        const string Continue = "HTTP/1.1 100 Continue\r\n\r\n";
        byte[] answer = new byte[Continue.Length];
        await request._stream.ReadExactlyAsync(answer, Cancel);
        Assert.Equal(Continue, Encoding.ASCII.GetString(answer));
        return request;
    }

    public Task SendAsync(string text) => _stream.WriteAsync(Encoding.UTF8.GetBytes(text), Cancel).AsTask();

    /// <summary>The answer's head and body up to its end.</summary>
    public async Task<string> ReadAnswerAsync()
    {
        StringBuilder text = new();
        byte[] buffer = new byte[4096];
        while (await _stream.ReadAsync(buffer, Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancel) is > 0 and int count)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
            // An error comes while the body is still expected, and the server then waits for the rest for a while.
            if (text[^1] == '}' || text.ToString().EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal))
            {
                break;
            }
        }

        return text.ToString();
    }

    public void Dispose() => _client.Dispose();
}
