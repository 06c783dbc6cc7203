using YamlDotNet.RepresentationModel;

namespace DaprMoE.Dapr.Tests;

/// <summary>A YAML file of the repository, read by paths such as <c>spec/type</c>.</summary>
internal sealed class YamlFile
{
    private readonly YamlNode _root;

    private YamlFile(YamlNode root) => _root = root;

    /// <summary>The text there; null when there is none.</summary>
    public string? this[string path] => (Find(path) as YamlScalarNode)?.Value;

    public static YamlFile Read(string path)
    {
        YamlStream stream = [];
        using StreamReader reader = new(Path.Combine(ProductResources.Root, path));
        stream.Load(reader);
        return new YamlFile(stream.Documents[0].RootNode);
    }

    /// <summary>The items of a list; none when there is no list.</summary>
    public IReadOnlyList<YamlFile> List(string path) =>
        Find(path) is YamlSequenceNode list ? [.. list.Select(item => new YamlFile(item))] : [];

    /// <summary>The texts of a list.</summary>
    public IReadOnlyList<string?> Texts(string path) => [.. List(path).Select(item => (item._root as YamlScalarNode)?.Value)];

    /// <summary>A component's metadata.</summary>
    public string? Metadata(string name) => List("spec/metadata").SingleOrDefault(item => item["name"] == name)?["value"];

    private YamlNode? Find(string path)
    {
        YamlNode? node = _root;
        foreach (string part in path.Split('/'))
        {
            node = node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(part), out YamlNode? child) ? child : null;
        }

        return node;
    }
}
