using DaprMoE.Models;

namespace DaprMoE.Gateway.Tests;

/// <summary>A folder with a small random checkpoint that is not packed yet, and the bundled model's tokenizer; gone after the test.</summary>
internal sealed class RandomModel : IDisposable
{
    public RandomModel()
    {
        RandomCheckpoint.Write(Folder, new RandomCheckpointOptions(), cancellationToken: TestContext.Current.CancellationToken);
        foreach (string name in new[] { "tokenizer.json", "tokenizer_config.json" })
        {
            File.Copy(Path.Combine(Repository.TinyMoe, name), Path.Combine(Folder, name));
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("daprmoe-gateway-").FullName;

    /// <summary>Names of the files that packing left.</summary>
    public IEnumerable<string?> PackingFiles => Directory.EnumerateFiles(Folder, "daprmoe.packed*").Select(Path.GetFileName);

    /// <summary>Holds the lock of another process that packs; until it is disposed, opening waits.</summary>
    public FileStream HoldLock() =>
        new(Path.Combine(Folder, "daprmoe.packed.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
