using System.Text.Json;
using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization.Models;

/// <summary>Which pairs of tokens may be joined, how early, and to what. Keyed by ids, for several pairs may make the same token.</summary>
internal sealed class MergeTable
{
    private readonly Dictionary<long, Merge> _merges;

    private MergeTable(int capacity) => _merges = new Dictionary<long, Merge>(capacity);

    public static MergeTable Read(JsonField field, Vocabulary vocabulary, string continuingPrefix)
    {
        if (field.Value.ValueKind != JsonValueKind.Array)
        {
            throw field.Error($"must be an array of pairs, not {field.Shown}");
        }

        MergeTable table = new(field.Value.GetArrayLength());
        int rank = 0;
        foreach (JsonElement item in field.Value.EnumerateArray())
        {
            if (IsVersionLine(item, rank))
            {
                continue;
            }

            (string left, string right) = MergeRule.Read(field, item, rank);
            table.Add(field, vocabulary, continuingPrefix, left, right, rank);
            rank++;
        }

        return table;
    }

    public bool TryGet(int left, int right, out Merge merge) => _merges.TryGetValue(Key(left, right), out merge);

    private static long Key(int left, int right) => ((long)left << 32) | (uint)right;

    /// <summary>Files made from a merges.txt may have kept its first line.</summary>
    private static bool IsVersionLine(JsonElement item, int rank) =>
        rank == 0 && item.ValueKind == JsonValueKind.String && item.ValueEquals("#version: 0.2");

    private void Add(JsonField field, Vocabulary vocabulary, string continuingPrefix, string left, string right, int rank)
    {
        int leftId = vocabulary.IdOf(left) ?? throw Unknown(field, rank, $"names token \"{left}\"");
        int rightId = vocabulary.IdOf(right) ?? throw Unknown(field, rank, $"names token \"{right}\"");
        string tail = right.StartsWith(continuingPrefix, StringComparison.Ordinal) ? right[continuingPrefix.Length..] : right;
        string result = left + tail;
        int resultId = vocabulary.IdOf(result) ?? throw Unknown(field, rank, $"makes \"{result}\"");
        // If a pair stands twice the later rank counts, as in the reference library.
        _merges[Key(leftId, rightId)] = new Merge(rank, resultId);
    }

    private static TokenizerException Unknown(JsonField field, int rank, string what) =>
        field.Error($"merge {rank} {what}, which the vocabulary lacks");
}
