using System.Net;
using DaprMoE.Dashboard;
using Microsoft.Extensions.DependencyInjection;

namespace DaprMoE.Gateway.Tests;

public sealed class ServerDashboardTests
{
    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Root_IsThePage_ThatAllowsNothingFromElsewhere()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using HttpResponseMessage response = await app.GetAsync("/");
        string page = await response.Content.ReadAsStringAsync(_stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("<h1>DaprMoE</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page.Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_WithoutTheDashboard_IsNotFound()
    {
        await using GatewayApp app = await GatewayApp.StartAsync(options => options.Dashboard = false);
        using HttpResponseMessage response = await app.GetAsync("/");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Connection_OfAnotherSitesPage_IsRefused()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative));
        request.Headers.Add("Origin", "http://evil.example");
        using HttpResponseMessage response = await app.Client.SendAsync(request, _stop);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Snapshot_SaysWhyPartsAreMissing()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();

        DashboardSnapshot snapshot = await Source(app).ReadAsync(_stop);

        Assert.Equal("tiny-moe", snapshot.Server.Model);
        Assert.Equal((3, 2), (snapshot.Traffic.Value!.Running, snapshot.Traffic.Value.Waiting));
        Assert.Equal("local-0", Assert.Single(snapshot.Devices.Value!.Devices).Name);
        Assert.Equal("One mapped device: nothing to decide. Start the server with --devices and --device-memory.", snapshot.Plan.Missing);
        Assert.Equal(snapshot.Plan.Missing, snapshot.Policy.Missing);
        Assert.True(snapshot.Bill.IsThere);
    }

    [Fact]
    public async Task Chat_AnswersAsTheApiDoes_AndIsListedMeanwhile()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        List<string> pieces = [];
        int listed = 0;

        await foreach (string piece in Source(app).AnswerAsync([new ChatTurn(ChatTurn.User, "Hello")], _stop))
        {
            pieces.Add(piece);
            listed = (await Source(app).ReadAsync(_stop)).Requests.Total;
        }

        Assert.Equal(GatewayApp.Answer, string.Concat(pieces));
        Assert.Equal(1, listed);
        Assert.Equal(0, (await Source(app).ReadAsync(_stop)).Requests.Total);
    }

    [Fact]
    public async Task Chat_WithAFullQueue_IsRefusedWithTheReason()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        app.Engine.Room = 0;

        ChatRefusedException refused = await Assert.ThrowsAsync<ChatRefusedException>(
            async () => await Source(app).AnswerAsync([new ChatTurn(ChatTurn.User, "Hello")], _stop).ToListAsync(_stop));

        Assert.Contains("queue", refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Policy_WithNothingToDecide_CantBeSwitched()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();

        SwitchAnswer answer = await Source(app).SwitchPolicyAsync(new PolicySwitch("auto", AdminKey: null, IsLocal: true), _stop);

        Assert.Equal(SwitchOutcome.Refused, answer.Outcome);
    }

    private static IDashboardSource Source(GatewayApp app) => app.Services.GetRequiredService<IDashboardSource>();
}
