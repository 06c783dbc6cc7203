using YamlDotNet.RepresentationModel;

namespace DaprMoE.Architecture.Tests;

/// <summary>Reads the YAML of the repository.</summary>
internal static class Yaml
{
    public static YamlMappingNode Read(string path)
    {
        YamlStream stream = [];
        using StreamReader reader = new(Path.Combine(Repository.Root, path));
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    /// <summary>The value of a key; that of a mapping merged by <c>&lt;&lt;</c> where the mapping itself has none.</summary>
    public static YamlNode? Value(this YamlMappingNode map, string key) =>
        map.Children.TryGetValue(key, out YamlNode? own) ? own
        : map.Children.TryGetValue("<<", out YamlNode? merged) ? ((YamlMappingNode)merged).Value(key)
        : null;

    public static string? Text(this YamlMappingNode map, string key) => (map.Value(key) as YamlScalarNode)?.Value;

    public static YamlMappingNode Map(this YamlMappingNode map, string key) => map.Value(key) as YamlMappingNode ?? new YamlMappingNode();

    public static string[] Texts(this YamlMappingNode map, string key) =>
        map.Value(key) is YamlSequenceNode list ? [.. list.Select(item => item.ToString())] : [];

    public static IEnumerable<YamlMappingNode> Maps(this YamlMappingNode map, string key) =>
        map.Value(key) is YamlSequenceNode list ? list.Cast<YamlMappingNode>() : [];

    public static Dictionary<string, string> Pairs(this YamlMappingNode map) =>
        map.Children.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString());
}
