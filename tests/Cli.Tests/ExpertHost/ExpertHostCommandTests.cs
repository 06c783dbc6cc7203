using System.Text.Json;

namespace DaprMoE.Cli.Tests;

/// <summary>The expert host as a process of its own.</summary>
public sealed class ExpertHostCommandTests
{
    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_SaysUrlDevicesAndNextCommand_AndEndsByCtrlC()
    {
        using CommandProcess host = CommandProcess.Start("expert-host", "--port", "0", "--name", "mine", "--devices", "2", "--device-memory", "4MiB");
        List<string> banner = [];
        while (banner.Count < 6)
        {
            banner.Add(await host.Out.ReadLineAsync(_stop) ?? throw new InvalidOperationException(await host.Error.ReadToEndAsync(_stop)));
        }

        (int exitCode, string error) = await host.EndBySignalAsync("INT", _stop);

        Assert.Matches(@"^Expert host mine on http://127\.0\.0\.1:[0-9]+ \(Ctrl-C stops\)$", banner[0]);
        Assert.Equal(["  mine-0: cpu, 4.00 MiB for experts", "  mine-1: cpu, 4.00 MiB for experts", "", "Use it:"], banner[1..5]);
        Assert.StartsWith("  daprmoe serve --expert-hosts 127.0.0.1:", banner[5], StringComparison.Ordinal);
        Assert.Equal((0, "Stopping: running calls are finished first; Ctrl-C again ends at once.\n"), (exitCode, error));
    }

    [Fact]
    public async Task Json_PrintsOneObject_WithAddressAndDevices()
    {
        using CommandProcess host = CommandProcess.Start("expert-host", "--port", "0", "--json");
        using JsonDocument banner = JsonDocument.Parse(await host.Out.ReadLineAsync(_stop) ?? "");
        (int exitCode, _) = await host.EndBySignalAsync("TERM", _stop);

        Assert.StartsWith("http://127.0.0.1:", banner.RootElement.GetProperty("urls")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("host-0-0", banner.RootElement.GetProperty("devices")[0].GetProperty("name").GetString());
        // One copy of each of 96 experts of 221,184 bytes.
        Assert.Equal(96 * 221_184, banner.RootElement.GetProperty("devices")[0].GetProperty("memory_bytes").GetInt64());
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [InlineData("--urls", "http://0.0.0.0:7001", "plaintext is for this machine only: use https with --tls-certificate and --secret-file, or allow it by --insecure.")]
    [InlineData("--device-memory", "4sheep", "--device-memory is 4sheep; it may be a number of bytes")]
    [InlineData("--device-memory", "100KiB", "221184")]
    [InlineData("--name", "a b", "ExpertHost:Name is 'a b'; allowed: 1 to 63 letters")]
    [InlineData("--probe-urls", "https://127.0.0.1:7003", "ExpertHost:ProbeUrls has 'https://127.0.0.1:7003'; allowed: http://HOST:PORT")]
    [InlineData("--compute", "f16", "--compute")]
    [InlineData("--port", "70000", "--port is 70000; it may be 0 to 65535.")]
    public async Task Setting_Wrong_IsRefusedByName(string option, string value, string expected)
    {
        Run run = await Run.Of("expert-host", option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}
