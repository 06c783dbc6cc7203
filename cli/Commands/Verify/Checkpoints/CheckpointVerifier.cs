namespace DaprMoE.Cli;

/// <summary>Folders with a checkpoint and its golden values.</summary>
internal sealed class CheckpointVerifier(TimeProvider clock) : IVerifier
{
    public string Kind => "checkpoint";

    public string Holds => "a checkpoint with golden.json and golden.safetensors";

    public bool Accepts(string folder) => File.Exists(Path.Combine(folder, GoldenFile.Name));

    public async Task<IReadOnlyList<Check>> RunAsync(string folder, string? with, CancellationToken cancellationToken)
    {
        using GoldenTensors expected = new(folder);
        return await new CheckpointVerification(folder, GoldenFile.Load(folder), expected, clock).RunAsync(cancellationToken);
    }
}
