using System.Text.Json.Serialization;
using DaprMoE.Models;

namespace DaprMoE.Cli;

/// <summary>What a checkpoint is, as <c>inspect --json</c> prints it.</summary>
internal sealed record InspectResult
{
    public required string Folder { get; init; }

    public required string Family { get; init; }

    public required int Layers { get; init; }

    public required IReadOnlyList<int> MoeLayers { get; init; }

    public required int Experts { get; init; }

    public required int TopK { get; init; }

    public required long BytesPerExpert { get; init; }

    public required long TotalExpertBytes { get; init; }

    public required long ResidentBytes { get; init; }

    public required long Parameters { get; init; }

    public required long ActiveParameters { get; init; }

    public required int HiddenSize { get; init; }

    public required int Heads { get; init; }

    public required int KvHeads { get; init; }

    public required int HeadSize { get; init; }

    public required int VocabularySize { get; init; }

    public required int ContextLength { get; init; }

    public required long KvBytesPerToken { get; init; }

    public required IReadOnlyDictionary<string, long> BytesByType { get; init; }

    public required IReadOnlyList<CheckpointFileSize> Files { get; init; }

    public required bool HasTokenizer { get; init; }

    public required bool HasChatTemplate { get; init; }

    public required IReadOnlyList<string> IgnoredTensors { get; init; }

    public static InspectResult Of(CheckpointSummary summary)
    {
        ModelDescription model = summary.Description;
        return new InspectResult
        {
            Folder = summary.Folder,
            Family = model.Family,
            Layers = model.Layers.Count,
            MoeLayers = summary.MoeLayers,
            Experts = summary.Experts,
            TopK = summary.TopK,
            BytesPerExpert = summary.BytesPerExpert,
            TotalExpertBytes = summary.TotalExpertBytes,
            ResidentBytes = summary.ResidentBytes,
            Parameters = summary.TotalParameters,
            ActiveParameters = summary.ActiveParameters,
            HiddenSize = model.HiddenSize,
            Heads = model.Attention.Heads,
            KvHeads = model.Attention.KvHeads,
            HeadSize = model.Attention.HeadSize,
            VocabularySize = model.VocabularySize,
            ContextLength = model.MaxPositions,
            KvBytesPerToken = summary.KvBytesPerToken,
            BytesByType = summary.BytesByType,
            Files = summary.Files,
            HasTokenizer = summary.HasTokenizer,
            HasChatTemplate = summary.HasChatTemplate,
            IgnoredTensors = summary.IgnoredTensors,
        };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(InspectResult))]
internal sealed partial class InspectJson : JsonSerializerContext;
