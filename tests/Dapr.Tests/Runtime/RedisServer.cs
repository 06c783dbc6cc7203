using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DaprMoE.Dapr.Tests;

/// <summary>A Redis for the events of all tests of this program.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private const string Missing = "No redis-server on PATH. On Debian `apt-get install redis-server` installs it.";
    private ChildProcess? _process;

    internal bool IsThere => _process is not null;

    internal int Port { get; } = int.Parse(FreePort.Next(), System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask InitializeAsync()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (folders.Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists) is { } program)
        {
            _process = new ChildProcess(program, ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
            await Until.TrueAsync(AnswersAsync, () => _process.Output);
        }
    }

    public ValueTask DisposeAsync()
    {
        _process?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Skips the test where there is no Redis.</summary>
    internal void Require() => TestNeeds.Require("redis", IsThere, Missing);

    /// <summary>How many messages a topic holds.</summary>
    internal async Task<int> LengthAsync(string topic) =>
        int.Parse((await AskAsync($"XLEN {topic}"))[1..], System.Globalization.CultureInfo.InvariantCulture);

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return await AskAsync("PING") == "+PONG";
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<string> AskAsync(string command)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), TestContext.Current.CancellationToken);
        using StreamReader reader = new(client.GetStream());
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
    }
}
