namespace DaprMoE.Cli;

/// <summary>A program that runs beside the services and their sidecars.</summary>
/// <param name="Name">The word for it.</param>
/// <param name="Programs">Names that its file may have.</param>
/// <param name="Port">Where it takes connections, on loopback.</param>
/// <param name="Remedy">How to get it, one sentence.</param>
internal sealed record BackgroundPart(string Name, IReadOnlyList<string> Programs, int Port, string Remedy)
{
    /// <summary>Its command line, from the folder that its data go to.</summary>
    public Func<string, IReadOnlyList<string>> Arguments { get; init; } = _ => [];

    /// <summary>Environment variables that it is started with.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>What is lost without it, when the services run all the same; null when they don't.</summary>
    public string? LostWithout { get; init; }

    /// <summary>Where its program is; null when it is nowhere.</summary>
    public string? Find(ProgramSearch search) => Programs.Select(search.Find).FirstOrDefault(path => path is not null);
}
