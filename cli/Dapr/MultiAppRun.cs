using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DaprMoE.Cli;

/// <summary>What <c>dapr run -f</c> is told to start.</summary>
/// <param name="Apps">The services.</param>
internal sealed record MultiAppRun(IReadOnlyList<RunApp> Apps)
{
    public const string Folder = "dapr";

    /// <summary>Reads <c>dapr/dapr.yaml</c> of the repository.</summary>
    /// <exception cref="CommandException">It is missing or not what it should be.</exception>
    public static MultiAppRun Read(string root)
    {
        string file = Path.Combine(root, Folder, "dapr.yaml");
        try
        {
            using StreamReader reader = new(file);
            return Parse(reader);
        }
        catch (Exception fault) when (fault is IOException or YamlException or InvalidCastException or KeyNotFoundException or FormatException)
        {
            throw CommandException.BadInput($"{file} can't be read as a multi-app run of Dapr: {fault.Message}");
        }
    }

    public static MultiAppRun Parse(TextReader text)
    {
        YamlStream yaml = [];
        yaml.Load(text);
        YamlSequenceNode apps = (YamlSequenceNode)yaml.Documents[0].RootNode["apps"];
        return new MultiAppRun([.. apps.Cast<YamlMappingNode>().Select(App)]);
    }

    private static RunApp App(YamlMappingNode app)
    {
        IEnumerable<string> command = ((YamlSequenceNode)app["command"]).Select(word => ((YamlScalarNode)word).Value ?? "");
        return new RunApp(
            ((YamlScalarNode)app["appID"]).Value ?? "",
            [.. app.Children.Where(one => IsPort(one.Key)).Select(one => int.Parse(one.Value.ToString(), CultureInfo.InvariantCulture))],
            command.FirstOrDefault(word => word.EndsWith(".dll", StringComparison.Ordinal)));
    }

    private static bool IsPort(YamlNode key) => key.ToString().EndsWith("port", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A service of a run.</summary>
/// <param name="AppId">Its name.</param>
/// <param name="Ports">The ports of it and its sidecar.</param>
/// <param name="Program">Its assembly, relative to the repository; null when it is started otherwise.</param>
internal sealed record RunApp(string AppId, IReadOnlyList<int> Ports, string? Program);
