using YamlDotNet.RepresentationModel;

namespace DaprMoE.Architecture.Tests;

/// <summary>A service and its sidecar, as one of the files describes them.</summary>
/// <param name="AppId">The app-id.</param>
/// <param name="Ports">The five ports, by the names of the sidecar's flags.</param>
/// <param name="MaxBodySize">The largest body that the sidecar takes.</param>
/// <param name="Program">The file name of its assembly.</param>
/// <param name="Environment">The service's variables; where its sidecar is, as <c>dapr run</c> sets it, is among them.</param>
internal sealed record DeployedService(
    string AppId, IReadOnlyDictionary<string, string> Ports, string? MaxBodySize, string Program, IReadOnlyDictionary<string, string> Environment)
{
    private static readonly string[] PortFlags =
        ["--app-port", "--dapr-http-port", "--dapr-grpc-port", "--dapr-internal-grpc-port", "--metrics-port"];

    private static readonly string[] RunKeys = ["appPort", "daprHTTPPort", "daprGRPCPort", "daprInternalGRPCPort", "metricsPort"];

    /// <summary>The services of <c>dapr/dapr.yaml</c>.</summary>
    public static IReadOnlyList<DeployedService> OfMultiAppRun()
    {
        YamlMappingNode run = Yaml.Read("dapr/dapr.yaml");
        YamlMappingNode common = run.Map("common");
        return [.. run.Maps("apps").Select(app => OfRunApp(app, common))];
    }

    /// <summary>The services of <c>tye.yaml</c>.</summary>
    public static IReadOnlyList<DeployedService> OfTye()
    {
        YamlMappingNode[] services = [.. Yaml.Read("tye.yaml").Maps("services")];
        return
        [
            .. services.Where(service => service.Text("executable") == "dotnet").Select(service => OfSidecar(
                Flags(services.Single(other => other.Text("name") == $"{service.Text("name")}-sidecar").Text("args")!.Split(' ')),
                service.Text("args")!,
                service.Maps("env").ToDictionary(one => one.Text("name")!, one => one.Text("value")!))),
        ];
    }

    /// <summary>The services of <c>deploy/compose.yaml</c>, with the programs of their container files.</summary>
    public static IReadOnlyList<DeployedService> OfCompose()
    {
        YamlMappingNode services = Yaml.Read("deploy/compose.yaml").Map("services");
        return
        [
            .. services.Children.Keys.Select(key => key.ToString()).Where(name => services.Map(name).Value("build") is not null).Select(name => OfSidecar(
                Flags(services.Map($"{name}-sidecar").Texts("command")),
                ContainerFile.Read(services.Map(name).Map("build").Text("dockerfile")!).EntryPoint[^1],
                services.Map(name).Map("environment").Pairs())),
        ];
    }

    private static DeployedService OfRunApp(YamlMappingNode app, YamlMappingNode common)
    {
        Dictionary<string, string> environment = app.Map("env").Pairs();
        environment["DAPR_HTTP_PORT"] = app.Text("daprHTTPPort")!;
        environment["DAPR_GRPC_PORT"] = app.Text("daprGRPCPort")!;
        return new DeployedService(
            app.Text("appID")!,
            PortFlags.Zip(RunKeys).ToDictionary(pair => pair.First, pair => app.Text(pair.Second)!),
            common.Text("maxBodySize"),
            Path.GetFileName(app.Texts("command")[^1]),
            environment);
    }

    private static DeployedService OfSidecar(Dictionary<string, string> flags, string program, IReadOnlyDictionary<string, string> environment) => new(
        flags["--app-id"],
        PortFlags.ToDictionary(flag => flag, flag => flags.GetValueOrDefault(flag) ?? "none"),
        flags.GetValueOrDefault("--max-body-size"),
        Path.GetFileName(program),
        environment);

    /// <summary>Flags as <c>--name value</c> or <c>--name=value</c>; of repeated ones the last.</summary>
    private static Dictionary<string, string> Flags(string[] words)
    {
        Dictionary<string, string> flags = [];
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i].StartsWith("--", StringComparison.Ordinal))
            {
                string[] pair = words[i].Split('=', 2);
                flags[pair[0]] = pair.Length == 2 ? pair[1] : i + 1 < words.Length ? words[i + 1] : "";
            }
        }

        return flags;
    }
}
