using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor.Benchmarks;

/// <summary>
/// Expert shares by token id, counted over requests that take no part in the evaluation. A token that was seldom seen leans on the shares
/// of all tokens.
/// </summary>
internal sealed class TokenTable : ITokenLoads
{
    private const float Lean = 2;
    private const int Values = RoutedRequestFile.Layers * RoutedRequestFile.Experts;

    private readonly Dictionary<int, float[]> _byToken = [];
    private readonly float[] _all;

    public TokenTable(IEnumerable<RoutedRequest> requests)
    {
        float[] total = new float[Values];
        Dictionary<int, (float[] Counts, int Seen)> counts = [];
        float tokens = 0;
        foreach (RoutedRequest request in requests)
        {
            for (int i = 0; i < request.Tokens.Length; i++)
            {
                (float[] own, int seen) = counts.GetValueOrDefault(request.Tokens[i], (new float[Values], 0));
                request.CountToken(i, own);
                request.CountToken(i, total);
                counts[request.Tokens[i]] = (own, seen + 1);
                tokens++;
            }
        }

        _all = [.. total.Select(count => count / tokens)];
        foreach ((int token, (float[] own, int seen)) in counts)
        {
            _byToken[token] = [.. own.Select((count, i) => (count + (Lean * _all[i])) / (seen + Lean))];
        }
    }

    public void Add(ReadOnlySpan<int> tokens, float weight, Span<float> loads)
    {
        foreach (int token in tokens)
        {
            float[] shares = _byToken.GetValueOrDefault(token, _all);
            for (int i = 0; i < shares.Length; i++)
            {
                loads[i] += weight * shares[i];
            }
        }
    }
}
