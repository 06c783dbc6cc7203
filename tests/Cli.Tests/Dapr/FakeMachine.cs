namespace DaprMoE.Cli.Tests;

/// <summary>A machine with given files and ports.</summary>
internal sealed class FakeMachine : IMachine
{
    public HashSet<string> Files { get; init; } = [];

    public HashSet<int> Ports { get; init; } = [];

    public bool HasFile(string path) => Files.Contains(path);

    public Task<bool> AnswersAsync(int port, CancellationToken cancellationToken) => Task.FromResult(Ports.Contains(port));
}
