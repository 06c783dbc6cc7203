using System.Text.Json;
using DaprMoE.Models;

namespace DaprMoE.Cli;

/// <summary>Folders with malformed safetensors files, and correct ones, whose manifest says which are to be refused.</summary>
internal sealed class MalformedFilesVerifier : IVerifier
{
    private const string ManifestName = "manifest.json";
    private const string Marker = "safetensors_version";

    public string Kind => "safetensors files";

    public string Holds => "safetensors files with a manifest.json of what is to be accepted and refused";

    public bool Accepts(string folder)
    {
        string path = Path.Combine(folder, ManifestName);
        return File.Exists(path) && File.ReadAllText(path).Contains(Marker, StringComparison.Ordinal);
    }

    public Task<IReadOnlyList<Check>> RunAsync(string folder, string? with, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Check>>([.. ReadManifest(folder).Select(entry => Run(folder, entry))]);

    private static Check Run(string folder, ManifestEntry entry)
    {
        try
        {
            int tensors = SafetensorsListing.Of(Path.Combine(folder, entry.File)).Count;
            return new Check(entry.File, entry.IsCorrect, Detail: $"{tensors} tensors");
        }
        catch (CheckpointException refusal)
        {
            return new Check(entry.File, !entry.IsCorrect, Detail: refusal.Message);
        }
    }

    private static List<ManifestEntry> ReadManifest(string folder)
    {
        string path = Path.Combine(folder, ManifestName);
        try
        {
            using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(path));
            return [.. manifest.RootElement.GetProperty("entries").EnumerateArray().Select(entry => new ManifestEntry(
                entry.GetProperty("file").GetString()!,
                entry.GetProperty("expect").GetString() == "accept"))];
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw CommandException.BadInput($"{path} is no manifest of safetensors files: {fault.Message}");
        }
    }

    private sealed record ManifestEntry(string File, bool IsCorrect);
}
