using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace DaprMoE.Gateway.Tests;

public sealed class OtherEndpointsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Models_List_HasTheServedModel()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        JsonElement list = await app.Client.GetFromJsonAsync<JsonElement>(new Uri("/v1/models", UriKind.Relative), Cancel);
        Assert.Equal("list", list.GetProperty("object").GetString());
        JsonElement model = Assert.Single(list.GetProperty("data").EnumerateArray());
        Assert.Equal("tiny-moe", model.GetProperty("id").GetString());
        Assert.Equal("model", model.GetProperty("object").GetString());
        Assert.Equal(1234, model.GetProperty("created").GetInt64());
        Assert.Equal(1024, model.GetProperty("max_model_len").GetInt32());
    }

    [Fact]
    public async Task Models_ById_FindsItOrIs404()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        JsonElement model = await app.Client.GetFromJsonAsync<JsonElement>(new Uri("/v1/models/tiny-moe", UriKind.Relative), Cancel);
        Assert.Equal("tiny-moe", model.GetProperty("id").GetString());
        using HttpResponseMessage other = await app.GetAsync("/v1/models/some/other");
        Assert.Equal("model_not_found", (await Errors.ReadAsync(other, HttpStatusCode.NotFound)).Code);
    }

    [Fact]
    public async Task Experts_List_HasDevicesAndReplicas()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        JsonElement list = await app.Client.GetFromJsonAsync<JsonElement>(new Uri("/v1/experts", UriKind.Relative), Cancel);
        Assert.Equal("list", list.GetProperty("object").GetString());
        Assert.Equal("static", list.GetProperty("policy").GetString());
        JsonElement device = Assert.Single(list.GetProperty("devices").EnumerateArray());
        Assert.Equal(4 << 20, device.GetProperty("budget_bytes").GetInt64());
        JsonElement expert = Assert.Single(list.GetProperty("data").EnumerateArray());
        Assert.Equal("L1.E2.R0", expert.GetProperty("id").GetString());
        Assert.Equal("warm", expert.GetProperty("state").GetString());
        Assert.Equal(12.5, expert.GetProperty("idle_left_seconds").GetDouble());
    }

    [Fact]
    public async Task Tokenize_ThenDetokenize_GivesTheText()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        JsonElement tokens = await app.PostJsonAsync("/tokenize", """{"prompt":"A fox, a lantern.","add_special_tokens":false}""");
        Assert.Equal(app.Tokenizer.Encode("A fox, a lantern."), tokens.GetProperty("tokens").Deserialize<int[]>());
        Assert.Equal(tokens.GetProperty("tokens").GetArrayLength(), tokens.GetProperty("count").GetInt32());

        JsonElement text = await app.PostJsonAsync("/detokenize", $$"""{"tokens":{{tokens.GetProperty("tokens").GetRawText()}}}""");
        Assert.Equal("A fox, a lantern.", text.GetProperty("prompt").GetString());
    }

    [Fact]
    public async Task Detokenize_IdWithoutText_IsLeftOut()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        int[] fox = app.Tokenizer.Encode("fox");
        string ids = string.Join(',', fox.Append(GatewayApp.VocabularySize - 1));
        JsonElement text = await app.PostJsonAsync("/detokenize", $$"""{"tokens":[{{ids}}]}""");
        Assert.Equal("fox", text.GetProperty("prompt").GetString());
    }

    [Fact]
    public async Task Tokenize_Conversation_GivesWhatChatSends()
    {
        const string Messages = """{"messages":[{"role":"user","content":"Hi"}]}""";
        await using GatewayApp app = await GatewayApp.StartAsync();
        JsonElement tokens = await app.PostJsonAsync("/tokenize", Messages);
        await app.PostJsonAsync("/v1/chat/completions", Messages);
        Assert.Equal(Assert.Single(app.Engine.Requests).Prompt, tokens.GetProperty("tokens").Deserialize<int[]>()!);
    }

    [Theory]
    [InlineData("/tokenize", "{}", "prompt")]
    [InlineData("/tokenize", """{"prompt":"a","messages":[{"role":"user","content":"a"}]}""", "messages")]
    [InlineData("/tokenize", """{"text":"a"}""", "text")]
    [InlineData("/detokenize", "{}", "tokens")]
    [InlineData("/detokenize", """{"tokens":"a"}""", "tokens")]
    [InlineData("/detokenize", """{"tokens":[1,9999999]}""", "tokens[1]")]
    public async Task Tokenize_WrongBody_NamesTheParameter(string path, string body, string parameter)
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using HttpResponseMessage response = await app.PostAsync(path, body);
        Assert.Equal(parameter, (await Errors.ReadAsync(response, HttpStatusCode.BadRequest)).Param);
    }

    [Fact]
    public async Task Probes_ReadyService_Are200()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        foreach (string path in (string[])["/livez", "/readyz", "/startupz"])
        {
            using HttpResponseMessage response = await app.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        JsonElement startup = await app.Client.GetFromJsonAsync<JsonElement>(new Uri("/startupz", UriKind.Relative), Cancel);
        Assert.Equal("ready", startup.GetProperty("phase").GetString());
        Assert.True(startup.GetProperty("elapsed_ms").GetDouble() > 0);
    }

    [Fact]
    public async Task RequestId_Given_ComesBack()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        app.Client.DefaultRequestHeaders.Add("x-request-id", "abc-123");
        using HttpResponseMessage response = await app.GetAsync("/v1/nothing");
        Assert.Equal(["abc-123"], response.Headers.GetValues("x-request-id"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("two words")]
    public async Task RequestId_MissingOrUnusable_IsMade(string? given)
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        app.Client.DefaultRequestHeaders.Add("x-request-id", given);
        using HttpResponseMessage response = await app.GetAsync("/livez");
        Assert.StartsWith("req-", Assert.Single(response.Headers.GetValues("x-request-id")), StringComparison.Ordinal);
    }
}
