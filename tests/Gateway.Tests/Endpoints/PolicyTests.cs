using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DaprMoE.Gateway.Tests;

/// <summary><c>/v1/policy</c>: who may switch, what is refused, and what there is where nothing is to be decided.</summary>
public sealed class PolicyTests : IDisposable
{
    private const string Path = "/v1/policy";
    private const string Key = "a key of more than sixteen bytes";

    private readonly string _keyFile = System.IO.Path.GetTempFileName();

    public PolicyTests() => File.WriteAllText(_keyFile, Key + "\n");

    public static TheoryData<string, string, string> WrongBodies => new()
    {
        { """{"policy":"best"}""", "invalid_value", "auto, eplb, moeless, static" },
        { """{"policy":"capacity-oracle"}""", "invalid_value", "auto, eplb, moeless, static" },
        { """{"policy":7}""", "invalid_value", "a text" },
        { "{}", "missing_required_parameter", "auto, eplb, moeless, static" },
        { """{"policy":"auto","now":true}""", "unknown_parameter", "now" },
        { "auto", "invalid_json", "JSON" },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(_keyFile);

    [Fact]
    public async Task Policy_SeveralDevices_IsAutoAndSwitches()
    {
        Follower follower = new();
        await using GatewayApp app = await StartAsync(follower);
        JsonElement before = await GetAsync(app);
        Assert.Equal("auto", before.GetProperty("policy").GetString());
        Assert.True(before.GetProperty("switchable").GetBoolean());
        Assert.Equal(["auto", "eplb", "moeless", "static"], before.GetProperty("policies").EnumerateArray().Select(name => name.GetString()));

        using HttpResponseMessage response = await app.PostAsync(Path, """{"policy":"moeless"}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("moeless", (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("policy").GetString());
        Assert.Equal("moeless", (await GetAsync(app)).GetProperty("policy").GetString());
        Assert.Equal(["moeless"], follower.Heard);
        Assert.Equal("moeless", app.Services.GetRequiredService<ServedPolicy>().Current);
    }

    [Fact]
    public async Task Post_FollowerRefuses_Is409WithItsSentenceAndNobodyIsTold()
    {
        Follower follower = new() { Refusal = "Policy 'eplb' does not fit: the devices have 72 slots for 96 experts." };
        await using GatewayApp app = await StartAsync(follower);
        using HttpResponseMessage response = await app.PostAsync(Path, """{"policy":"eplb"}""");
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.Conflict);
        Assert.Equal(("policy_refused", follower.Refusal), (error.Code, error.Message));
        Assert.Equal("auto", (await GetAsync(app)).GetProperty("policy").GetString());
        Assert.Empty(follower.Heard);
    }

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task Post_WrongBody_Is400AndSaysWhatIsAllowed(string body, string code, string named)
    {
        await using GatewayApp app = await StartAsync(new Follower());
        using HttpResponseMessage response = await app.PostAsync(Path, body);
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal(code, error.Code);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "admin_key_missing")]
    [InlineData("", HttpStatusCode.Unauthorized, "admin_key_missing")]
    [InlineData("another key of many bytes", HttpStatusCode.Forbidden, "admin_key_wrong")]
    public async Task Post_WithoutTheKey_IsRefusedOnLoopbackToo(string? key, HttpStatusCode status, string code)
    {
        Follower follower = new();
        await using GatewayApp app = await StartAsync(follower, options => options.AdminKeyFile = _keyFile);
        using HttpResponseMessage response = await SendAsync(app, ("X-DaprMoE-Admin-Key", key));
        Assert.Equal(code, (await Errors.ReadAsync(response, status)).Code);
        Assert.Empty(follower.Heard);
    }

    [Fact]
    public async Task Post_TheKey_SwitchesWhereverItComesFrom()
    {
        Follower follower = new();
        await using GatewayApp app = await StartAsync(follower, options => options.AdminKeyFile = _keyFile);
        using HttpResponseMessage response =
            await SendAsync(app, ("X-DaprMoE-Admin-Key", Key), ("X-Forwarded-For", "192.0.2.1"), ("Host", "models.example"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["static"], follower.Heard);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    [InlineData("Forwarded", "for=192.0.2.1")]
    [InlineData("Host", "attacker.example")]
    public async Task Post_NoKeyAndNotFromThisMachine_Is403(string header, string value)
    {
        Follower follower = new();
        await using GatewayApp app = await StartAsync(follower);
        using HttpResponseMessage response = await SendAsync(app, (header, value));
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.Forbidden);
        Assert.Equal("admin_on_loopback_only", error.Code);
        Assert.Contains("--admin-key-file", error.Message, StringComparison.Ordinal);
        Assert.Empty(follower.Heard);
    }

    [Fact]
    public async Task Post_FormOfAPage_IsNoJson()
    {
        await using GatewayApp app = await StartAsync(new Follower());
        using StringContent body = new("""{"policy":"static"}""", Encoding.UTF8, "text/plain");
        using HttpResponseMessage response = await app.Client.PostAsync(new Uri(Path, UriKind.Relative), body, Cancel);
        Assert.Equal("unsupported_media_type", (await Errors.ReadAsync(response, HttpStatusCode.UnsupportedMediaType)).Code);
    }

    [Fact]
    public async Task OneMappedDevice_NothingThatDecidesIsThereAndASwitchNamesTheFlags()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        Assert.Null(app.Services.GetService<ServedPolicy>());
        Assert.Empty(app.Services.GetServices<IPolicyFollower>());
        JsonElement policy = await GetAsync(app);
        Assert.Equal("static", policy.GetProperty("policy").GetString());
        Assert.False(policy.GetProperty("switchable").GetBoolean());

        using HttpResponseMessage response = await app.PostAsync(Path, """{"policy":"moeless"}""");
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.Conflict);
        Assert.Equal("policy_refused", error.Code);
        Assert.Contains("--devices", error.Message, StringComparison.Ordinal);
        Assert.Contains("--device-memory", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DEVICES", "2")]
    [InlineData("DEVICEMEMORY", "4MiB")]
    [InlineData("EXPERTHOSTS", "127.0.0.1:7001")]
    public void Container_SettingThatLeavesAChoice_HasAPolicyThatCanBeSwitched(string key, string value)
    {
        using WebApplication app = GatewayApp.Build(
            (_, _, _) => throw new NotSupportedException(), setup: builder => builder.Configuration[$"Gateway:{key}"] = value);
        Assert.Equal("auto", app.Services.GetRequiredService<ServedPolicy>().Current);
        Assert.Contains(app.Services.GetServices<IPolicyFollower>(), follower => follower is LoopFollower);
    }

    private static Task<GatewayApp> StartAsync(Follower follower, Action<GatewayOptions>? configure = null) => GatewayApp.StartAsync(
        options =>
        {
            options.Devices = 4;
            configure?.Invoke(options);
        },
        setup: builder => builder.Services.AddSingleton<IPolicyFollower>(follower));

    private static Task<JsonElement> GetAsync(GatewayApp app) =>
        app.Client.GetFromJsonAsync<JsonElement>(new Uri(Path, UriKind.Relative), Cancel);

    private static async Task<HttpResponseMessage> SendAsync(GatewayApp app, params (string Name, string? Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(Path, UriKind.Relative))
        {
            Content = new StringContent("""{"policy":"static"}""", Encoding.UTF8, "application/json"),
        };
        foreach ((string name, string? value) in headers.Where(header => header.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await app.Client.SendAsync(request, Cancel);
    }

    private sealed class Follower : IPolicyFollower
    {
        public string? Refusal { get; init; }

        public List<string> Heard { get; } = [];

        public string? RefusalOf(string policy) => Refusal;

        public void Switched(string policy) => Heard.Add(policy);
    }
}
