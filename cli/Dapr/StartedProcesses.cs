using System.Text.Json;
using System.Text.Json.Serialization;

namespace DaprMoE.Cli;

/// <summary>The file that says what <c>up</c> has started: <c>.dapr/daprmoe-up.json</c>.</summary>
internal sealed class StartedProcesses
{
    /// <summary>The name of the process that runs the services and their sidecars.</summary>
    public const string Services = "dapr run";

    private readonly string _file;

    private StartedProcesses(string file) => _file = file;

    /// <summary>Whether the services run.</summary>
    public bool IsServing => IsRunning(Services);

    /// <summary>The file of a repository.</summary>
    public static StartedProcesses In(string root) => new(Path.Combine(root, ".dapr", "daprmoe-up.json"));

    /// <summary>What was started, in the order of the starts; nothing when there is no file.</summary>
    /// <exception cref="CommandException">The file is not what it should be.</exception>
    public IReadOnlyList<StartedProcess> Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(_file), StartedJson.Default.IReadOnlyListStartedProcess) ?? [];
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (JsonException)
        {
            throw CommandException.BadInput($"{_file} does not list processes; delete it and end what `daprmoe up` started by hand.");
        }
    }

    /// <summary>Notes a process, before the next one is started.</summary>
    public void Add(StartedProcess process) => Write([.. Read(), process]);

    /// <summary>Forgets what was noted.</summary>
    public void Clear() => File.Delete(_file);

    private bool IsRunning(string name)
    {
        using System.Diagnostics.Process? process = Read().FirstOrDefault(one => one.Name == name)?.Find();
        return process is not null;
    }

    /// <summary>Whole or not at all: `down` may read meanwhile.</summary>
    private void Write(IReadOnlyList<StartedProcess> processes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        File.WriteAllText(_file + ".tmp", JsonSerializer.Serialize(processes, StartedJson.Default.IReadOnlyListStartedProcess));
        File.Move(_file + ".tmp", _file, overwrite: true);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<StartedProcess>))]
internal sealed partial class StartedJson : JsonSerializerContext;
