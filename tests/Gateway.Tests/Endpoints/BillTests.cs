using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace DaprMoE.Gateway.Tests;

/// <summary><c>/v1/bill</c> and <c>usage.daprmoe</c>.</summary>
public sealed class BillTests
{
    private const string Asking = "\"daprmoe\":{\"usage\":true}";

    [Fact]
    public async Task Bill_AfterARequest_NamesIt()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        JsonElement answer = await app.PostJsonAsync("/v1/completions", """{"prompt":"Once"}""");
        using HttpResponseMessage response = await app.GetAsync("/v1/bill");
        JsonElement bill = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("bill", bill.GetProperty("object").GetString());
        Assert.Equal(GatewayApp.Model, bill.GetProperty("model").GetString());
        Assert.Equal("static", bill.GetProperty("policy").GetString());
        Assert.Empty(bill.GetProperty("sampled").EnumerateArray());
        JsonElement request = bill.GetProperty("requests")[0];
        Assert.Equal(answer.GetProperty("id").GetString(), request.GetProperty("name").GetString());
        Assert.Equal("ended", request.GetProperty("state").GetString());
        Assert.All(["actual", "static"], side => AssertMeters(bill.GetProperty("total").GetProperty(side)));
        Assert.Equal(answer.GetProperty("id").GetString(), app.Engine.Requests.Single().RequestId);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("1000001")]
    public async Task Bill_ImpossibleNumberOfExperts_IsRefused(string experts)
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using HttpResponseMessage response = await app.GetAsync("/v1/bill?experts=" + experts);
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains($"'experts' is {experts}; allowed: a whole number from 0 to 1000000.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/completions", """{"prompt":"Once",ASK}""")]
    [InlineData("/v1/chat/completions", """{"messages":[{"role":"user","content":"Hi"}],ASK}""")]
    public async Task Usage_Asked_HasTheRequestsBill(string path, string body)
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        JsonElement asked = await app.PostJsonAsync(path, body.Replace("ASK", Asking, StringComparison.Ordinal));
        JsonElement bill = asked.GetProperty("usage").GetProperty("daprmoe");
        Assert.All(["actual", "static"], side => AssertMeters(bill.GetProperty(side)));
        Assert.False(bill.GetProperty("sampled").GetBoolean());
        JsonElement silent = await app.PostJsonAsync(path, body.Replace("ASK", "\"daprmoe\":{}", StringComparison.Ordinal));
        Assert.False(silent.GetProperty("usage").TryGetProperty("daprmoe", out _));
    }

    [Fact]
    public async Task Usage_AskedInAStream_ComesInTheLastChunk()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using HttpResponseMessage response = await app.PostAsync("/v1/completions", $$"""{"prompt":"Once","stream":true,{{Asking}}}""");
        List<string> events = await ServerSentEvents.ReadAllAsync(response);
        Assert.Equal("[DONE]", events[^1]);
        using JsonDocument last = JsonDocument.Parse(events[^2]);
        Assert.Empty(last.RootElement.GetProperty("choices").EnumerateArray());
        AssertMeters(last.RootElement.GetProperty("usage").GetProperty("daprmoe").GetProperty("actual"));
    }

    [Theory]
    [InlineData("{\"bill\":true}", "'daprmoe.bill' is no parameter here; there are: usage.")]
    [InlineData("{\"usage\":1}", "'daprmoe.usage' is 1; allowed: true or false.")]
    [InlineData("true", "'daprmoe' is true; allowed: an object.")]
    public async Task Usage_AskedWrongly_IsRefusedByName(string value, string message)
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using HttpResponseMessage response = await app.PostAsync("/v1/completions", $$"""{"prompt":"Once","daprmoe":{{value}}}""");
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public async Task Bill_ClientLeaves_RequestEnds()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        app.Engine.Answer = null;
        using (CancellationTokenSource leaving = new())
        {
            Task<HttpResponseMessage> answer = app.PostAsync("/v1/completions", """{"prompt":"Once"}""", leaving.Token);
            FakeSequence sequence = await app.Engine.NextAsync(TestContext.Current.CancellationToken);
            Assert.Equal("running", await StateAsync(app));
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
            await sequence.Cancelled.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        }

        using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(10));
        while (await StateAsync(app) != "ended")
        {
            deadline.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<string?> StateAsync(GatewayApp app)
    {
        using HttpResponseMessage response = await app.GetAsync("/v1/bill");
        JsonElement bill = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return bill.GetProperty("requests")[0].GetProperty("state").GetString();
    }

    private static void AssertMeters(JsonElement figures) =>
        Assert.All(["active_gb_seconds", "residency_gb_seconds", "money", "calls"], meter => Assert.True(figures.GetProperty(meter).GetDouble() >= 0));
}
