using System.Text.Json;
using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization.Models;

/// <summary>Reads one merge, in the newer form <c>["a", "b"]</c> or the older <c>"a b"</c>.</summary>
internal static class MergeRule
{
    public static (string Left, string Right) Read(JsonField field, JsonElement item, int rank)
    {
        try
        {
            return item.ValueKind switch
            {
                JsonValueKind.Array when item.GetArrayLength() == 2 => (Text(field, item[0], rank), Text(field, item[1], rank)),
                JsonValueKind.String => Cut(field, item.GetString()!, rank),
                _ => throw field.Error(
                    $"merge {rank} must be a pair of two strings, not {new JsonField(item, field.Path, field.File).Shown}"),
            };
        }
        catch (InvalidOperationException error)
        {
            throw new TokenizerException(field.File, field.Path, $"merge {rank} holds a lone surrogate escape, which is no text", error);
        }
    }

    private static string Text(JsonField field, JsonElement item, int rank) => item.ValueKind == JsonValueKind.String
        ? item.GetString()!
        : throw field.Error($"merge {rank} must be two strings, not {item.GetRawText()}");

    private static (string Left, string Right) Cut(JsonField field, string text, int rank)
    {
        int space = text.IndexOf(' ');
        if (space < 0)
        {
            throw field.Error($"merge {rank} (\"{text}\") has no space; it must be two tokens with one space between them");
        }

        return space > 0 && space == text.LastIndexOf(' ') && space < text.Length - 1
            ? (text[..space], text[(space + 1)..])
            : throw field.Error($"merge {rank} (\"{text}\") is not two tokens with one space between them");
    }
}
