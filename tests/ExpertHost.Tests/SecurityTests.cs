using System.Net;
using System.Net.Http.Headers;
using DaprMoE.DirectTransport;
using DaprMoE.Models;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DaprMoE.ExpertHost.Tests;

/// <summary>TLS, the shared secret, and control, with a real host.</summary>
public sealed class SecurityTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Host_OverTlsWithSecret_LetsInWhoHasBoth()
    {
        using SelfSigned tls = new();
        using PackedModel model = PackedModel.Open(Repository.Model("tiny-moe"), cancellationToken: TestContext.Current.CancellationToken);
        await using HostProcess host = await HostProcess.StartAsync(
            Repository.Model("tiny-moe"),
            "host-0",
            ("URLS", "https://127.0.0.1:0"),
            ("TLSCERTIFICATE", tls.PemFile),
            ("SECRETFILE", tls.WriteSecret(Secret)),
            ("DEVICES", "2"),
            ("DEVICEMEMORY", "4MiB"));
        HostSecurity trusted = new() { Secret = Secret, TrustedCertificate = tls.Certificate };

        ExpertHostsException wrong = await Assert.ThrowsAsync<ExpertHostsException>(
            () => ConnectAsync(model, host, trusted with { Secret = "another secret, which is wrong" }));
        Assert.Contains("The shared secret is missing or wrong.", wrong.Message, StringComparison.Ordinal);

        ExpertHostsException untrusted = await Assert.ThrowsAsync<ExpertHostsException>(
            () => ConnectAsync(model, host, trusted with { TrustedCertificate = null }));
        Assert.Contains("was not there within 2 s", untrusted.Message, StringComparison.Ordinal);

        await using ExpertHosts hosts = await ConnectAsync(model, host, trusted);
        await AssertWarmsAsync(hosts);
    }

    [Fact]
    public async Task Metrics_WithASecret_NeedIt_ButProbesDoNot()
    {
        using SelfSigned files = new();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.AddExpertHost(settings =>
        {
            settings.Model = Repository.Model("tiny-moe");
            settings.Urls = "http://127.0.0.1:0";
            settings.ProbeUrls = "http://127.0.0.1:0";
            settings.SecretFile = files.WriteSecret(Secret);
        });
        builder.Logging.ClearProviders();
        await using WebApplication app = builder.Build().MapExpertHost();
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.WhenReadyAsync();
        string[] urls = [.. app.Urls];

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(urls[0] + "/metrics", HttpVersion.Version20));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(urls[0] + "/metrics", HttpVersion.Version20, "Bearer another one"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(urls[0] + "/metrics", HttpVersion.Version20, $"Bearer {Secret}"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(urls[0] + "/readyz", HttpVersion.Version20));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(urls[1] + "/metrics", HttpVersion.Version11));
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<HttpStatusCode> GetAsync(string url, Version version, string? authorization = null)
    {
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Get, url) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (authorization is not null)
        {
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        }

        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task AssertWarmsAsync(ExpertHosts hosts)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        ReplicaId replica = new(new ExpertId(2, 5), 0);
        Assert.Empty(await hosts.Control.WarmAsync(device: 1, [replica], stop));
        DeviceSnapshot device = (await hosts.Control.StateAsync(stop))[1];
        while (device.Replicas is not [{ State: ReplicaState.Warm }])
        {
            device = (await hosts.Control.StateAsync(stop))[1];
        }

        Assert.Equal(("host-0-1", 4L << 20, 221_184L), (device.Name, device.BudgetBytes, device.ResidentBytes));
        Assert.Equal(replica, device.Replicas[0].Replica);
        Assert.Empty(await hosts.Control.EvictAsync(device: 1, stop));
        Assert.Empty((await hosts.Control.StateAsync(stop))[1].Replicas);
    }

    private static Task<ExpertHosts> ConnectAsync(PackedModel model, HostProcess host, HostSecurity security) => ExpertHosts.ConnectAsync(
        HostedEngine.Options(model, [host.Address]) with { Security = security, StartTimeout = TimeSpan.FromSeconds(security.TrustedCertificate is null ? 2 : 60) },
        TimeProvider.System,
        NullLogger<ExpertHosts>.Instance,
        TestContext.Current.CancellationToken);
}
