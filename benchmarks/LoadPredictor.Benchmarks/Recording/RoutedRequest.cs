namespace DaprMoE.LoadPredictor.Benchmarks;

/// <summary>One request and where its tokens were routed.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="File">The file that its prompt came from.</param>
/// <param name="PromptTokens">How many of the tokens are the prompt's.</param>
/// <param name="Tokens">Token ids, prompt and answer; the last answer token is not among them, nothing was computed for it.</param>
/// <param name="Experts">Chosen experts, [tokens x layers x k].</param>
public sealed record RoutedRequest(string Topic, string File, int PromptTokens, int[] Tokens, byte[] Experts)
{
    /// <summary>Adds one to the loads of the experts that a token was routed to.</summary>
    /// <param name="token">The token's place.</param>
    /// <param name="loads">Loads, [layers x experts].</param>
    public void CountToken(int token, Span<float> loads)
    {
        const int PerToken = RoutedRequestFile.Layers * RoutedRequestFile.TopK;
        for (int choice = 0; choice < PerToken; choice++)
        {
            loads[(choice / RoutedRequestFile.TopK * RoutedRequestFile.Experts) + Experts[(token * PerToken) + choice]]++;
        }
    }
}
