using DaprMoE.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DaprMoE.Gateway.Tests;

public sealed class GatewayOptionsTests
{
    [Fact]
    public void Defaults_ShouldNotChange()
    {
        GatewayOptions options = new();
        Assert.Equal("http://127.0.0.1:8080", options.Urls);
        Assert.Equal("", options.Model);
        Assert.Null(options.ModelId);
        Assert.Equal(256, options.QueueLimit);
        Assert.Equal(16, options.BatchLimit);
        Assert.Equal(512, options.TokenBudget);
        Assert.Null(options.ContextLength);
        Assert.Null(options.KvTokens);
        Assert.Equal(Environment.ProcessorCount, options.Threads);
        Assert.Equal(64, options.PromptsPerRequest);
        Assert.Equal(8 << 20, options.BodyLimit);
        Assert.Equal(256 << 20, options.BodiesLimit);
        Assert.Equal(1024, options.ConnectionLimit);
        Assert.Equal(3600, options.RequestSeconds);
        Assert.Equal(5, options.DrainSeconds);
    }

    [Fact]
    public void Value_GoodSection_IsRead()
    {
        GatewayOptions options = Read(new()
        {
            ["Gateway:Model"] = "/models/a",
            ["GATEWAY:QUEUELIMIT"] = "3",
            ["Gateway:ContextLength"] = "512",
            ["Gateway:Urls"] = "http://127.0.0.1:0;http://localhost:8081",
        });
        Assert.Equal(("/models/a", 3, 512), (options.Model, options.QueueLimit, options.ContextLength));
        Assert.Equal(["http://127.0.0.1:0", "http://localhost:8081"], options.Addresses);
    }

    [Theory]
    [InlineData("static", null, null)]
    [InlineData("static", "4MiB", null)]
    [InlineData("moeless", "4MiB", null)]
    [InlineData("moeless", null, "--device-memory")]
    [InlineData("best", "4MiB", "auto, eplb, moeless, static")]
    [InlineData("capacity-oracle", "4MiB", "auto, eplb, moeless, static")]
    public void Policy_WhereNothingIsToBeDecided_IsStaticOnly(string policy, string? memory, string? fault)
    {
        Dictionary<string, string?> settings = new() { ["Gateway:Model"] = "/models/a", ["Gateway:Policy"] = policy };
        if (memory is not null)
        {
            settings["Gateway:DeviceMemory"] = memory;
        }

        Exception? refused = Record.Exception(() => Read(settings));
        Assert.Equal(fault is null, refused is null);
        Assert.Contains(fault ?? "", refused?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_NotGiven_IsAutoWhereThereIsAChoice()
    {
        Assert.Equal("static", new GatewayOptions().PolicyAtStart);
        Assert.Equal("auto", new GatewayOptions { Devices = 2 }.PolicyAtStart);
        Assert.Equal("auto", new GatewayOptions { DeviceMemory = new ByteSize(1) }.PolicyAtStart);
        Assert.Equal("auto", new GatewayOptions { ExpertHosts = "127.0.0.1:7001" }.PolicyAtStart);
        Assert.Equal("eplb", new GatewayOptions { Devices = 2, Policy = "eplb" }.PolicyAtStart);
    }

    [Theory]
    [InlineData("Backend", "cpu", true)]
    [InlineData("Device", "cuda:0", false)]
    [InlineData("Compute", "bf16", false)]
    [InlineData("Devices", "2", false)]
    [InlineData("LossyFrames", "true", true)]
    public void Value_WithExpertHosts_ConcernsThem(string key, string value, bool isAllowed)
    {
        Dictionary<string, string?> settings = new()
        {
            ["Gateway:Model"] = "/models/a",
            ["Gateway:ExpertHosts"] = "127.0.0.1:7001",
            ["Gateway:" + key] = value,
        };
        Exception? fault = Record.Exception(() => Read(settings));
        Assert.Equal(isAllowed, fault is null);
        Assert.Equal(!isAllowed, fault?.Message.Contains("the experts are on these hosts", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData("DeviceProfile=a6000", null)]
    [InlineData("DeviceProfile=a6000 ShapeAs=64x6 Pace=2", null)]
    [InlineData("DeviceProfile=h999", "Gateway:DeviceProfile is 'h999'; allowed: a6000.")]
    [InlineData("DeviceProfile=a6000 ShapeAs=gpt", "Gateway:ShapeAs is 'gpt'; allowed: mixtral-8x7b, ")]
    [InlineData("ShapeAs=64x6", "Gateway:ShapeAs is '64x6', but no devices are emulated. Give --device-profile too.")]
    [InlineData("Pace=2", "Gateway:Pace is 2, but no devices are emulated.")]
    [InlineData("DeviceProfile=a6000 ExpertHosts=127.0.0.1:7001", "Leave out --device-profile or --expert-hosts.")]
    public void Values_OfEmulatedDevices_AreCheckedByName(string settings, string? expected)
    {
        Dictionary<string, string?> values = settings.Split(' ').Select(pair => pair.Split('='))
            .ToDictionary(pair => "Gateway:" + pair[0], pair => (string?)pair[1]);
        values["Gateway:Model"] = "/models/a";
        Exception? fault = Record.Exception(() => Read(values));
        Assert.Equal(expected is null, fault is null);
        Assert.Contains(expected ?? "", fault?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Value_NoAddressOfAnExpertHost_IsRefusedByName()
    {
        Exception fault = Assert.Throws<OptionsValidationException>(() => Read(new()
        {
            ["Gateway:Model"] = "/models/a",
            ["Gateway:ExpertHosts"] = "127.0.0.1:7001,nonsense",
        }));
        Assert.Contains("'nonsense' is no address of an expert host; allowed: HOST:PORT", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ExpertSecretFile", "/secret")]
    [InlineData("ExpertCertificate", "/host.pem")]
    [InlineData("ExpertsInsecure", "true")]
    [InlineData("LossyFrames", "true")]
    public void Value_ForExpertHosts_WithoutAny_IsRefused(string key, string value)
    {
        Dictionary<string, string?> settings = new() { ["Gateway:Model"] = "/models/a", ["Gateway:" + key] = value };
        Exception fault = Assert.Throws<OptionsValidationException>(() => Read(settings));
        Assert.Contains("none are listed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Value_SeveralFaults_AreAllReportedAtOnce()
    {
        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(() => Read(new()
        {
            ["Gateway:QueueLimit"] = "0",
            ["Gateway:BatchLimit"] = "many",
            ["Gateway:QueLimit"] = "5",
            ["Gateway:Urls"] = "https://0.0.0.0:443",
        }));
        string[] failures = [.. exception.Failures];
        Assert.Equal(5, failures.Length);
        Assert.StartsWith(
            "Gateway:BatchLimit is 'many'; allowed: a whole number. Set DAPRMOE__GATEWAY__BATCHLIMIT", failures[0], StringComparison.Ordinal);
        Assert.Contains("Gateway:QueLimit is no setting", failures[1], StringComparison.Ordinal);
        Assert.Contains(failures, failure => failure.StartsWith("Gateway:Model is not set; ", StringComparison.Ordinal));
        Assert.Contains(
            failures, failure => failure.StartsWith("Gateway:QueueLimit is '0'; allowed: from 1 to 1000000.", StringComparison.Ordinal));
        Assert.Contains("https://0.0.0.0:443", failures[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Value_LessForAllBodiesThanForOne_IsAFault()
    {
        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(() => Read(new()
        {
            ["Gateway:Model"] = "/models/a",
            ["Gateway:BodyLimit"] = "4096",
            ["Gateway:BodiesLimit"] = "2048",
        }));
        Assert.Contains(
            "Gateway:BodiesLimit is 2048; allowed: at least Gateway:BodyLimit, 4096", exception.Message, StringComparison.Ordinal);
    }

    private static GatewayOptions Read(Dictionary<string, string?> values)
    {
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        services.AddValidatedOptions<GatewayOptions>(GatewayOptions.Section);
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<GatewayOptions>>().Value;
    }
}
