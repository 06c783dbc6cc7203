using System.Text.Json;
using System.Text.Json.Serialization;

namespace DaprMoE.Models;

/// <summary>The JSON in a packed file's header: what it was made from and where everything lies.</summary>
internal sealed record PackedTable
{
    /// <summary>The kernel order.</summary>
    public required string Layout { get; init; }

    /// <summary>Bytes of the data part.</summary>
    public required long DataBytes { get; init; }

    /// <summary>Hash of the weights as stored in the checkpoint: 32 hexadecimal digits.</summary>
    public required string WeightsHash { get; init; }

    /// <summary>The checkpoint's files.</summary>
    public required IReadOnlyList<SourceFile> Sources { get; init; }

    /// <summary>The weights that stay with the model.</summary>
    public required IReadOnlyList<PackedEntry> Entries { get; init; }

    /// <summary>The experts of each MoE layer.</summary>
    public required IReadOnlyList<PackedExperts> Experts { get; init; }

    /// <summary>Makes the table of a plan.</summary>
    public static PackedTable Of(PackedLayout layout, IReadOnlyList<SourceFile> sources, string weightsHash) => new()
    {
        Layout = PackedLayout.Name,
        DataBytes = layout.DataBytes,
        WeightsHash = weightsHash,
        Sources = sources,
        Entries = layout.Entries,
        Experts = layout.Experts,
    };

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PackedTableJson.Default.PackedTable);

    /// <summary>Reads a table; null where it is none.</summary>
    public static PackedTable? FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            PackedTable? table = JsonSerializer.Deserialize(json, PackedTableJson.Default.PackedTable);
            return table is not null && table.IsWhole() ? table : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether there is neither a null in a list nor a number that names no dtype, which the JSON reader lets pass.</summary>
    private bool IsWhole() =>
        Sources.All(source => source is not null)
        && Entries.All(entry => entry is not null && Enum.IsDefined(entry.Type))
        && Experts.All(experts => experts is not null && Enum.IsDefined(experts.GateUpType) && Enum.IsDefined(experts.DownType));
}

/// <summary>Serialisation without reflection, because every start reads a table.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PackedTable))]
internal sealed partial class PackedTableJson : JsonSerializerContext;
