namespace DaprMoE.Text.Tokenization.Loading;

/// <summary>What components may need of the rest of the file while they are read.</summary>
internal sealed class LoadContext(string file, TokenTable tokens)
{
    /// <summary>The file, as messages name it.</summary>
    public string File => file;

    /// <summary>All tokens: those of the model and the added ones.</summary>
    public TokenTable Tokens => tokens;
}
