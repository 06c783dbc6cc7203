using System.Text;
using System.Text.Json;
using CsCheck;

namespace DaprMoE.Text.Tests.Tokenization.Models;

public class BytePairModelTests
{
    /// <summary>Vocabularies over three letters with merges in any order, and texts of those letters.</summary>
    private static readonly Gen<(string[] Tokens, int Seed, string Text)> Cases = Gen.Select(
        Gen.OneOf("aa", "ab", "bc", "ca", "aab", "abc", "bca", "abca", "aabc", "cc", "bcca", "aaa", "aaaa").Array[1, 8]
            .Select(tokens => tokens.Distinct().ToArray()),
        Gen.Int,
        Gen.OneOf('a', 'b', 'c').Array[0, 40].Select(letters => new string(letters)));

    [Fact]
    public void Encode_AnyVocabulary_AgreesWithMergingByHand() => Cases.Sample(sample =>
    {
        string[] vocabulary = ["a", "b", "c", .. sample.Tokens];
        (string Left, string Right)[] merges = [.. FindMerges(vocabulary)];
        new Random(sample.Seed).Shuffle(merges);
        Tokenizer tokenizer = Build(vocabulary, merges);

        Assert.Equal(MergeByHand(sample.Text, merges), tokenizer.Encode(sample.Text).Select(id => vocabulary[id]));
    });

    private static IEnumerable<(string Left, string Right)> FindMerges(string[] vocabulary) =>
        from token in vocabulary
        from cut in Enumerable.Range(1, Math.Max(0, token.Length - 1))
        let merge = (Left: token[..cut], Right: token[cut..])
        where vocabulary.Contains(merge.Left) && vocabulary.Contains(merge.Right)
        select merge;

    private static List<string> MergeByHand(string text, (string Left, string Right)[] merges)
    {
        List<string> symbols = [.. text.Select(letter => letter.ToString())];
        while (true)
        {
            (int Rank, int Position) best = Enumerable.Range(0, Math.Max(0, symbols.Count - 1))
                .Select(position => (Rank: Array.IndexOf(merges, (symbols[position], symbols[position + 1])), position))
                .Where(candidate => candidate.Rank >= 0)
                .DefaultIfEmpty((-1, -1))
                .Min();
            if (best.Rank < 0)
            {
                return symbols;
            }

            symbols[best.Position] += symbols[best.Position + 1];
            symbols.RemoveAt(best.Position + 1);
        }
    }

    private static Tokenizer Build(string[] vocabulary, (string Left, string Right)[] merges)
    {
        string json = JsonSerializer.Serialize(new
        {
            model = new
            {
                type = "BPE",
                vocab = vocabulary.Select((token, id) => (token, id)).ToDictionary(entry => entry.token, entry => entry.id),
                merges = merges.Select(merge => new[] { merge.Left, merge.Right }),
            },
        });
        return Tokenizer.Parse(Encoding.UTF8.GetBytes(json), [], "test");
    }
}
