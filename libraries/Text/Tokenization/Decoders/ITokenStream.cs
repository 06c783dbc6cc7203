namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>Decodes tokens one by one; for one thread.</summary>
internal interface ITokenStream
{
    /// <summary>The text that is certain after this token and was not before.</summary>
    string Append(string token);

    /// <summary>The text that was held back, at the end of the tokens.</summary>
    string Flush();
}
