using DaprMoE.Text;

namespace DaprMoE.Gateway;

/// <summary>Holds a tokenizer to the vocabulary of the model that it comes with.</summary>
internal static class ModelVocabulary
{
    /// <summary>Throws when the tokenizer can produce an id that the model has no embedding for.</summary>
    /// <param name="vocabularySize">How many ids the model knows.</param>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="folder">The checkpoint, for the message.</param>
    /// <exception cref="TokenizerException">It can; has both numbers.</exception>
    public static void RequireCovers(int vocabularySize, Tokenizer tokenizer, string folder)
    {
        int largest = tokenizer.LargestId;
        if (largest >= vocabularySize)
        {
            throw new TokenizerException(
                Path.Combine(folder, "tokenizer.json"), "",
                $"its largest token id is {largest} (\"{tokenizer.TokenText(largest)}\"), but config.json's vocab_size is {vocabularySize}, "
                + $"so the model knows ids 0 to {vocabularySize - 1} only. Use the tokenizer that belongs to the model.");
        }
    }
}
