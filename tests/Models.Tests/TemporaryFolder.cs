using System.Text.Json.Nodes;

namespace DaprMoE.Models.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("daprmoe-models-").FullName;

    public string Path { get; }

    /// <summary>A path inside.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A copy of a fixture model's checkpoint as a new subfolder.</summary>
    public string CopyModel(string model, string name = "model")
    {
        string target = Directory.CreateDirectory(File(name)).FullName;
        foreach (string file in Directory.EnumerateFiles(Fixtures.Model(model)))
        {
            string fileName = System.IO.Path.GetFileName(file);
            if (fileName.StartsWith("model", StringComparison.Ordinal) || fileName.EndsWith("config.json", StringComparison.Ordinal))
            {
                System.IO.File.Copy(file, System.IO.Path.Combine(target, fileName));
            }
        }

        return target;
    }

    /// <summary>Opens a model's folder with its packed file in this folder.</summary>
    public PackedModel OpenPacked(string modelFolder, IProgress<PackProgress>? progress = null) =>
        Open(modelFolder, new PackOptions { Folder = Path }, progress);

    /// <summary>Opens a model's folder.</summary>
    public static PackedModel Open(string modelFolder, PackOptions options, IProgress<PackProgress>? progress = null) =>
        PackedModel.Open(modelFolder, options, progress, TestContext.Current.CancellationToken);

    /// <summary>Changes the config.json of a model folder.</summary>
    public static void EditConfig(string folder, Action<JsonObject> edit, string file = "config.json")
    {
        string path = System.IO.Path.Combine(folder, file);
        JsonObject config = JsonNode.Parse(System.IO.File.ReadAllText(path))!.AsObject();
        edit(config);
        System.IO.File.WriteAllText(path, config.ToJsonString());
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
