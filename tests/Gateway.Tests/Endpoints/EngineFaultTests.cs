using System.Net;
using DaprMoE.Inference;

namespace DaprMoE.Gateway.Tests;

public sealed class EngineFaultTests
{
    private const string Body = """{"prompt":"Hi"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ready_EngineThatStoppedForGood_Is503WithTheReason()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        app.Engine.Fault = new InvalidDataException("The packed file is gone.");
        using HttpResponseMessage ready = await app.GetAsync("/readyz");
        ErrorBody error = await Errors.ReadAsync(ready, HttpStatusCode.ServiceUnavailable);
        Assert.Equal("failed", error.Code);
        Assert.Contains("The packed file is gone.", error.Message, StringComparison.Ordinal);
        using HttpResponseMessage live = await app.GetAsync("/livez");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    public async Task Post_EngineThatStoppedForGood_Is503()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        app.Engine.Fault = new InvalidDataException("The packed file is gone.");
        using HttpResponseMessage response = await app.PostAsync("/v1/completions", Body);
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.Equal("engine_failed", error.Code);
        Assert.Contains("The packed file is gone.", error.Message, StringComparison.Ordinal);
        Assert.Null(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Post_EngineStopsInTheMiddle_Is503()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        app.Engine.Answer = null;
        Task<HttpResponseMessage> asked = app.PostAsync("/v1/completions", Body);
        FakeSequence sequence = await app.Engine.NextAsync(Cancel);
        app.Engine.Fault = new InvalidDataException("The packed file is gone.");
        sequence.End(FinishReason.Error);
        using HttpResponseMessage response = await asked;
        Assert.Equal("engine_failed", (await Errors.ReadAsync(response, HttpStatusCode.ServiceUnavailable)).Code);
    }

    [Fact]
    public void GenerationFailed_ExpertsUnavailable_Is503ThatMayBeSentAgain()
    {
        ExpertsUnavailableException cause = new(layer: 2, devices: 3, alive: 0, TimeSpan.FromSeconds(30));
        ApiException error = ApiErrors.GenerationFailed("req-1", cause, engineFault: null);
        Assert.Equal((503, "server_error", "experts_unavailable", 1), (error.Status, error.Type, error.Code, error.RetryAfter));
        Assert.Contains("for 30 s: of 3 devices 0 are alive", error.Message, StringComparison.Ordinal);
        Assert.Contains("Send the request again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GenerationFailed_LogitsThatAreNotFinite_SaysSo()
    {
        ApiException error = ApiErrors.GenerationFailed("req-1", new NonFiniteLogitsException(), engineFault: null);
        Assert.Equal((500, "non_finite_logits"), (error.Status, error.Code));
        Assert.Contains("logits are not finite", error.Message, StringComparison.Ordinal);
        Assert.Equal("internal_error", ApiErrors.GenerationFailed("req-1", new InvalidOperationException(), engineFault: null).Code);
    }
}
