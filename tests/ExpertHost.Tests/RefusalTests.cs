using DaprMoE.DirectTransport;
using DaprMoE.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace DaprMoE.ExpertHost.Tests;

/// <summary>What is refused by name, at the start.</summary>
public sealed class RefusalTests(TinyMoeRun tiny)
{
    [Fact]
    public async Task Connect_HostWithAnotherModel_IsRefusedByName()
    {
        using PackedModel other = PackedModel.Open(Repository.Model("qwen3_moe"), cancellationToken: TestContext.Current.CancellationToken);
        ExpertHostsException refused = await RefusedAsync(HostedEngine.Options(other, [tiny.Host]));
        Assert.StartsWith($"Expert host host-0 at {tiny.Host.Authority} has the model ", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"allowed: {other.Fingerprint}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_NameTwice_IsRefusedByName()
    {
        await using HostProcess twin = await HostProcess.StartAsync(Repository.Model("tiny-moe"), "host-0");
        using PackedModel model = PackedModel.Open(Repository.Model("tiny-moe"), cancellationToken: TestContext.Current.CancellationToken);
        ExpertHostsException refused = await RefusedAsync(HostedEngine.Options(model, [tiny.Host, twin.Address]));
        Assert.Contains("has a name that the host at", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_NobodyThere_NamesTheAddress()
    {
        using PackedModel model = PackedModel.Open(Repository.Model("tiny-moe"), cancellationToken: TestContext.Current.CancellationToken);
        ExpertHostsOptions options = HostedEngine.Options(model, [HostAddress.Parse("127.0.0.1:1")]) with { StartTimeout = TimeSpan.FromSeconds(1) };
        ExpertHostsException refused = await RefusedAsync(options);
        Assert.StartsWith("The expert host at 127.0.0.1:1 was not there within 1 s: ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("URLS", "http://0.0.0.0:0", "plaintext is for this machine only")]
    [InlineData("URLS", "https://127.0.0.1:0", "https needs a certificate")]
    [InlineData("URLS", "ftp://127.0.0.1:0", "allowed: http://HOST:PORT")]
    [InlineData("DEVICEMEMORY", "4 sheep", "allowed: a number of bytes, or a number with KiB")]
    [InlineData("NAME", "a b", "allowed: 1 to 63 letters")]
    [InlineData("BACKEND", "abacus", "allowed: cpu")]
    [InlineData("BACKEND", "torch", "DAPRMOE_TORCH=cpu")]
    [InlineData("COMPUTE", "f64", "f32, bf16")]
    public async Task Start_WrongSetting_IsNamed(string key, string value, string expected)
    {
        await using HostProcess host = HostProcess.Run([("MODEL", Repository.Model("tiny-moe")), (key, value)]);
        (int exitCode, string errors) = await host.WaitForExitAsync();
        Assert.Equal(2, exitCode);
        Assert.Contains($"'{value}'", errors, StringComparison.Ordinal);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SecretFileMissing_IsSaidAtTheStart()
    {
        await using HostProcess host = HostProcess.Run(
            [("MODEL", Repository.Model("tiny-moe")), ("URLS", "http://127.0.0.1:0"), ("SECRETFILE", "/nowhere/secret")]);
        (int exitCode, string errors) = await host.WaitForExitAsync();
        Assert.Equal(2, exitCode);
        Assert.StartsWith(
            "ExpertHost:SecretFile is '/nowhere/secret'; allowed: a file that exists. Set DAPRMOE__EXPERTHOST__SECRETFILE",
            errors,
            StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Start_DeviceSmallerThanAnExpert_IsRefusedWithBothNumbers()
    {
        await using HostProcess host = HostProcess.Run(
            [("MODEL", Repository.Model("tiny-moe")), ("URLS", "http://127.0.0.1:0"), ("DEVICEMEMORY", "64KiB")]);
        (int exitCode, string errors) = await host.WaitForExitAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("65536", errors, StringComparison.Ordinal);
        Assert.Contains("221184", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void FrameSizes_MoreRowsThanAFrameHolds_NameTheSetting()
    {
        using PackedModel model = PackedModel.Open(Repository.Model("tiny-moe"), cancellationToken: TestContext.Current.CancellationToken);
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => FrameSizes.Of(model.Description, 1 << 20));
        Assert.StartsWith("1048576 rows of ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("Lower the token budget (--token-budget).", refused.Message, StringComparison.Ordinal);
    }

    private static Task<ExpertHostsException> RefusedAsync(ExpertHostsOptions options) => Assert.ThrowsAsync<ExpertHostsException>(async () =>
    {
        await using ExpertHosts hosts = await ExpertHosts.ConnectAsync(
            options, TimeProvider.System, NullLogger<ExpertHosts>.Instance, TestContext.Current.CancellationToken);
    });
}
