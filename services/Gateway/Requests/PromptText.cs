using DaprMoE.Text;

namespace DaprMoE.Gateway;

/// <summary>Encodes texts that requests bring.</summary>
internal static class PromptText
{
    /// <summary>Encodes a text, unless its request is over by now: a long one takes a while, and there may be many.</summary>
    /// <param name="model">The model.</param>
    /// <param name="parameter">Where the text comes from, for errors.</param>
    /// <param name="text">The text.</param>
    /// <param name="addSpecialTokens">Whether it gets the tokens that the tokenizer puts around one.</param>
    /// <param name="cancellationToken">The request has to end.</param>
    /// <exception cref="ApiException">The tokenizer's pattern can't be matched against the text.</exception>
    public static int[] Encode(ServedModel model, string parameter, string text, bool addSpecialTokens, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return model.Tokenizer.Encode(text, new EncodeOptions { AddSpecialTokens = addSpecialTokens });
        }
        catch (TokenizerException exception)
        {
            throw ApiErrors.Tokenizer(exception, parameter);
        }
    }
}
