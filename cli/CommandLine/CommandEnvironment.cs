using System.Security.Cryptography;

namespace DaprMoE.Cli;

/// <summary>Everything a command touches outside itself.</summary>
internal sealed record CommandEnvironment
{
    public required Terminal Terminal { get; init; }

    public required Interrupts Interrupts { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>The folder that paths on the command line are relative to.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The repository: where the bundled model is.</summary>
    public required string Root { get; init; }

    /// <summary>Looks up an environment variable.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Makes a seed where none is given.</summary>
    public required Func<ulong> NewSeed { get; init; }

    /// <summary>Files and ports, as the checks of <c>doctor</c> and <c>up</c> see them.</summary>
    public IMachine Machine { get; init; } = new LocalMachine(TimeProvider.System);

    public static CommandEnvironment OfProcess(Interrupts interrupts) => new()
    {
        Terminal = Terminal.OfProcess(),
        Interrupts = interrupts,
        Clock = TimeProvider.System,
        WorkingDirectory = Environment.CurrentDirectory,
        Root = Environment.GetEnvironmentVariable("DAPRMOE_ROOT") ?? RootAbove(AppContext.BaseDirectory),
        Variable = Environment.GetEnvironmentVariable,
        NewSeed = () => (ulong)RandomNumberGenerator.GetInt32(int.MaxValue),
    };

    /// <summary>A path given by the user, made absolute.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, WorkingDirectory);

    private static string RootAbove(string folder)
    {
        DirectoryInfo? at = new(folder);
        while (at is not null && !Directory.Exists(Path.Combine(at.FullName, ModelLocation.BundledModel)))
        {
            at = at.Parent;
        }

        return at?.FullName ?? folder;
    }
}
