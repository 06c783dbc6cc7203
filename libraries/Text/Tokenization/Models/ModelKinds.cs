using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization.Models;

/// <summary>The models that a file may name.</summary>
internal static class ModelKinds
{
    private static readonly Dictionary<string, Func<JsonField, LoadedModel>> Kinds = new()
    {
        ["BPE"] = BytePairReader.Read,
    };

    public static LoadedModel Read(JsonField root)
    {
        JsonField field = root.Optional("model") ?? throw root.Error("has no \"model\", or it is null; it must be an object");
        if (!field.IsObject)
        {
            throw field.Error($"must be an object, not {field.Shown}");
        }

        // Files written before models had a type hold byte-pair encodings only.
        string type = field.OptionalString("type") ?? (field.Optional("merges") is not null ? "BPE" : throw field.Error("has no \"type\""));
        return Kinds.TryGetValue(type, out Func<JsonField, LoadedModel>? read)
            ? read(field)
            : throw field.Error($"type \"{type}\" is not supported; the supported ones are {string.Join(", ", Kinds.Keys.Order())}");
    }
}
