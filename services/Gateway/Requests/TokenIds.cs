using System.Globalization;

namespace DaprMoE.Gateway;

/// <summary>Checks token ids that a request brings against the model's vocabulary, which may be larger than the tokenizer's.</summary>
internal static class TokenIds
{
    public static int[] Check(string parameter, IReadOnlyList<int> ids, ServedModel model)
    {
        int size = model.VocabularySize;
        for (int i = 0; i < ids.Count; i++)
        {
            if (ids[i] >= size)
            {
                string id = ids[i].ToString(CultureInfo.InvariantCulture);
                throw ApiErrors.InvalidValue($"{parameter}[{i}]", id, $"a token id from 0 to {size - 1}");
            }
        }

        return [.. ids];
    }
}
