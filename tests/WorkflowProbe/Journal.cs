namespace DaprMoE.WorkflowProbe;

/// <summary>What happened, in a file that outlives the process.</summary>
/// <param name="folder">Where the file is.</param>
public sealed class Journal(string folder)
{
    private static readonly Lock OneAtATime = new();

    public void Write(string line)
    {
        lock (OneAtATime)
        {
            File.AppendAllText(Path.Combine(folder, "journal"), line + "\n");
        }
    }

    public IReadOnlyList<string> Read()
    {
        string path = Path.Combine(folder, "journal");
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    /// <summary>Lets <see cref="WaitForGateAsync"/> end.</summary>
    public void OpenGate() => File.WriteAllText(Path.Combine(folder, "gate"), "");

    public async Task WaitForGateAsync()
    {
        while (!File.Exists(Path.Combine(folder, "gate")))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }
}
