using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OpenAI.Models;

namespace DaprMoE.Api.Tests;

public sealed class CompletionTests(SharedGateway gateway)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Completions_SeveralPrompts_GiveTheTextOfEachAlone()
    {
        string first = Text(await PostAsync("""{"prompt":"Once upon a time","temperature":0,"max_tokens":20}"""), 0);
        string second = Text(await PostAsync("""{"prompt":"There was a fox","temperature":0,"max_tokens":20}"""), 0);
        JsonElement both = await PostAsync("""{"prompt":["Once upon a time","There was a fox"],"temperature":0,"max_tokens":20}""");
        Assert.Equal([first, second], [Text(both, 0), Text(both, 1)]);
        Assert.NotEmpty(first);
    }

    [Fact]
    public async Task Completions_Answer_HasTimings()
    {
        JsonElement answer = await PostAsync("""{"prompt":"Once upon a time","ignore_eos":true,"max_tokens":20}""");
        JsonElement timings = answer.GetProperty("timings");
        Assert.Equal(20, timings.GetProperty("predicted_n").GetInt32());
        Assert.True(timings.GetProperty("prompt_ms").GetDouble() > 0);
        Assert.True(timings.GetProperty("prompt_per_second").GetDouble() > 0);
        Assert.True(timings.GetProperty("predicted_ms").GetDouble() > 0);
        Assert.True(timings.GetProperty("predicted_per_second").GetDouble() > 0);
    }

    [Fact]
    public async Task Models_List_HasTheServedModel()
    {
        OpenAIModelCollection models = await gateway.OpenAI.GetOpenAIModelClient().GetModelsAsync(Cancel);
        Assert.Equal(SharedGateway.Model, Assert.Single(models).Id);
    }

    private async Task<JsonElement> PostAsync(string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await gateway.Http.PostAsync(new Uri("/v1/completions", UriKind.Relative), content, Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static string Text(JsonElement answer, int index) => answer.GetProperty("choices")[index].GetProperty("text").GetString()!;
}
