using System.Text.Json.Serialization;

namespace DaprMoE.Cli;

/// <summary>What <c>doctor</c> found.</summary>
/// <param name="Ready">Whether nothing is missing that the services need.</param>
/// <param name="Parts">The parts.</param>
internal sealed record DoctorReport(bool Ready, IReadOnlyList<PartCheck> Parts)
{
    public static DoctorReport Of(IReadOnlyList<PartCheck> parts) => new(parts.All(part => part.State != PartState.Missing), parts);

    /// <summary>A row for each part.</summary>
    public Table ToTable()
    {
        Table table = new(new("part"), new("state"), new("found, or how to get it"));
        foreach (PartCheck part in Parts)
        {
            table.Add(part.Name, State(part.State), part.Remedy is null ? part.Detail : $"{part.Detail} {part.Remedy}");
        }

        return table;
    }

    private static Cell State(PartState state) => state switch
    {
        PartState.Ok => new Cell("ok", Tone.Good),
        PartState.Optional => new Cell("optional", Tone.Quiet),
        _ => new Cell("MISSING", Tone.Bad),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class DoctorJson : JsonSerializerContext;
