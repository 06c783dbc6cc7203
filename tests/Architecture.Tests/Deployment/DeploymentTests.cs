using YamlDotNet.RepresentationModel;

namespace DaprMoE.Architecture.Tests;

/// <summary>The three descriptions of the services agree; nothing is started.</summary>
public sealed class DeploymentTests
{
    private static readonly Dictionary<string, Func<IReadOnlyList<DeployedService>>> Files = new()
    {
        ["tye.yaml"] = DeployedService.OfTye,
        ["deploy/compose.yaml"] = DeployedService.OfCompose,
    };

    public static TheoryData<string> FileNames => [.. Files.Keys];

    public static TheoryData<string> ContainerFiles => [.. ContainerFile.Paths];

    [Theory]
    [MemberData(nameof(FileNames))]
    public void Services_OfAFile_AreThoseOfTheMultiAppRun(string file)
    {
        IReadOnlyList<DeployedService> expected = DeployedService.OfMultiAppRun();
        IReadOnlyList<DeployedService> actual = Files[file]();
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(service => service.AppId), actual.Select(service => service.AppId));
        Assert.All(expected.Zip(actual), pair =>
        {
            Assert.Equal(Flat(pair.First.Ports), Flat(pair.Second.Ports));
            Assert.Equal((pair.First.MaxBodySize, pair.First.Program), (pair.Second.MaxBodySize, pair.Second.Program));
            Assert.Equal(Flat(pair.First.Environment), Flat(pair.Second.Environment));
        });
    }

    [Fact]
    public void Compose_Services_HaveNoPrivilegesAndShareTheNetworkWithTheirSidecarAlone()
    {
        YamlMappingNode services = Yaml.Read("deploy/compose.yaml").Map("services");
        Assert.All(DeployedService.OfCompose(), service =>
        {
            YamlMappingNode sidecar = services.Map($"{service.AppId}-sidecar");
            Assert.All([services.Map(service.AppId), sidecar], one =>
            {
                Assert.Equal("true", one.Text("read_only"));
                Assert.Equal(["ALL"], one.Texts("cap_drop"));
                Assert.Equal(["no-new-privileges:true"], one.Texts("security_opt"));
            });
            Assert.Equal($"service:{service.AppId}", sidecar.Text("network_mode"));
            Assert.Contains("--dapr-listen-addresses=127.0.0.1", sidecar.Texts("command"));
        });
    }

    [Fact]
    public void Compose_PublishedPorts_AreOnLoopback()
    {
        YamlMappingNode services = Yaml.Read("deploy/compose.yaml").Map("services");
        string[] published = [.. services.Children.Values.Cast<YamlMappingNode>().SelectMany(service => service.Texts("ports"))];
        Assert.Contains("127.0.0.1:8080:8080", published);
        Assert.All(published, port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
    }

    [Fact]
    public void ContainerFiles_Services_HaveOneEach() => Assert.Equal(
        Repository.Files("services", "*.csproj").Select(path => $"DaprMoE.{Path.GetFileNameWithoutExtension(path)}.dll").Order(StringComparer.Ordinal),
        ContainerFile.Paths.Select(path => ContainerFile.Read(path).EntryPoint[^1]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(ContainerFiles))]
    public void ContainerFile_OfAService_IsMultiStageNotRootAndHasAHealthCheck(string path)
    {
        ContainerFile file = ContainerFile.Read(path);
        Assert.Equal(2, file.Instructions.Count(one => one.Word == "FROM"));
        Assert.DoesNotContain("sdk", file.Last("FROM"), StringComparison.Ordinal);
        Assert.Equal("$APP_UID", file.Last("USER"));
        string port = file.Last("HEALTHCHECK").Split('"')[^2];
        Assert.Contains(file.Instructions, one => one.Word == "ENV" && one.Value.EndsWith($"URLS=http://*:{port}", StringComparison.Ordinal));
    }

    /// <summary>Sorted text; the model's folder counts as the same below the image's root and below the repository's.</summary>
    private static IEnumerable<string> Flat(IReadOnlyDictionary<string, string> values) =>
        values.Select(pair => $"{pair.Key}={pair.Value.TrimStart('/')}").Order(StringComparer.Ordinal);
}
