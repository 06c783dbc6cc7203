using DaprMoE.Ports;

namespace DaprMoE.Dapr.Tests;

/// <summary>Lines of configuration that answer a trap each; nothing is started.</summary>
public sealed class ResourceFilesTests
{
    private static readonly string[] Apps = ["gateway", "expert-host", "load-predictor", "autoscaler", "orchestrator"];

    [Theory]
    [InlineData("local", "pubsub.redis", "state.sqlite")]
    [InlineData("no-redis", "pubsub.in-memory", "state.sqlite")]
    [InlineData("postgres", "pubsub.redis", "state.postgresql")]
    public void Components_OfASet_AreNamedOnceScopedAndShareOneKeyspace(string set, string pubSub, string state)
    {
        YamlFile[] components = [.. Directory.GetFiles(Path.Combine(ProductResources.Root, "components", set)).Select(YamlFile.Read)];
        Assert.Distinct(components.Select(component => component["metadata/name"]));
        Assert.All(components, component => Assert.Equal(Apps, component.Texts("scopes")));
        Assert.Equal(pubSub, components.Single(component => component["metadata/name"] == "pubsub")["spec/type"]);
        YamlFile store = components.Single(component => component["metadata/name"] == "statestore");
        Assert.Equal((state, "name", "true"), (store["spec/type"], store.Metadata("keyPrefix"), store.Metadata("actorStateStore")));
        Assert.NotNull(store.Metadata("cleanupInterval"));
    }

    [Theory]
    [InlineData("local")]
    [InlineData("no-redis")]
    [InlineData("postgres")]
    public void Topics_OfASet_AreScopedToThoseWhoUseThem(string set)
    {
        YamlFile pubSub = YamlFile.Read($"components/{set}/pubsub.yaml");
        Dictionary<string, string[]> publish = Scopes(pubSub.Metadata("publishingScopes")!);
        Dictionary<string, string[]> subscribe = Scopes(pubSub.Metadata("subscriptionScopes")!);
        Assert.Equal([.. EventTopics.All, "expert-dead-letters"], pubSub.Metadata("allowedTopics")!.Split(','));
        Assert.Equal(Apps.Order(), publish.Keys.Order());
        Assert.Equal(Apps.Order(), subscribe.Keys.Order());
        // Who subscribes publishes what it could not take.
        Assert.All(subscribe.Where(app => app.Value.Length > 0), app => Assert.Contains("expert-dead-letters", publish[app.Key]));
        Assert.All(EventTopics.All, topic => Assert.Contains(publish.Values, topics => topics.Contains(topic)));
        Assert.All(EventTopics.All, topic => Assert.Contains(subscribe.Values, topics => topics.Contains(topic)));
    }

    [Theory]
    [InlineData("local")]
    [InlineData("postgres")]
    public void Redis_Streams_AreBoundedAndEachSidecarIsAGroup(string set)
    {
        YamlFile pubSub = YamlFile.Read($"components/{set}/pubsub.yaml");
        Assert.Equal("{uuid}", pubSub.Metadata("consumerID"));
        Assert.InRange(int.Parse(pubSub.Metadata("maxLenApprox")!, System.Globalization.CultureInfo.InvariantCulture), 1, 10_000);
    }

    [Fact]
    public void Postgres_Secrets_StandInNoFile()
    {
        foreach (string file in (string[])["statestore", "pubsub"])
        {
            YamlFile component = YamlFile.Read($"components/postgres/{file}.yaml");
            Assert.Equal("secrets", component["auth/secretStore"]);
            Assert.Single(component.List("spec/metadata"), item => item["secretKeyRef/name"] is not null);
        }
    }

    [Fact]
    public void Configuration_TracesFeaturesAndNames_AreSet()
    {
        YamlFile configuration = YamlFile.Read("dapr/config.yaml");
        Assert.Equal(("1", "false"), (configuration["spec/tracing/samplingRate"], configuration["spec/tracing/otel/isSecure"]));
        YamlFile feature = Assert.Single(configuration.List("spec/features"));
        Assert.Equal(("ActorStateTTL", "true"), (feature["name"], feature["enabled"]));
        Assert.Equal("30s", configuration["spec/nameResolution/configuration/updateInterval"]);
    }

    [Fact]
    public void Resiliency_DeliveriesOfEvents_AreRepeated()
    {
        YamlFile resiliency = YamlFile.Read("dapr/resiliency.yaml");
        Assert.NotNull(resiliency["spec/targets/components/pubsub/inbound/timeout"]);
        string retry = resiliency["spec/targets/components/pubsub/inbound/retry"]!;
        Assert.Equal("3", resiliency[$"spec/policies/retries/{retry}/maxRetries"]);
        Assert.Equal(Apps, resiliency.Texts("scopes"));
    }

    [Fact]
    public void MultiAppRun_Apps_HavePortsOfTheirOwnAndAreInScope()
    {
        YamlFile run = YamlFile.Read("dapr/dapr.yaml");
        IReadOnlyList<YamlFile> apps = run.List("apps");
        string[] ports = ["appPort", "daprHTTPPort", "daprGRPCPort", "daprInternalGRPCPort", "metricsPort"];
        Assert.Distinct(apps.SelectMany(app => ports.Select(port => app[port] ?? $"{app["appID"]} has no {port}")));
        Assert.All(apps, app => Assert.Contains(app["appID"], Apps));
        Assert.Equal("64Mi", run["common/maxBodySize"]);
        // One working folder: relative files of components are the same for all.
        Assert.Single(apps.Select(app => app["appDirPath"]).Distinct());
        Assert.All(apps.Where(app => app["appID"] != "gateway"), app => Assert.Equal(app["appPort"], app["env/DAPRMOE__SIDECAR__APPPORT"]));
    }

    private static Dictionary<string, string[]> Scopes(string text) => text.Split(';').Select(app => app.Split('=')).ToDictionary(
        app => app[0], app => app[1].Split(',', StringSplitOptions.RemoveEmptyEntries));
}
