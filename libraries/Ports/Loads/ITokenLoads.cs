namespace DaprMoE.Ports;

/// <summary>Expected expert loads by token id; a token table.</summary>
public interface ITokenLoads
{
    /// <summary>Adds the assignments that tokens are expected to make.</summary>
    /// <param name="tokens">Token ids.</param>
    /// <param name="weight">What each counts, above 0.</param>
    /// <param name="loads">Loads to add to, [layers x experts].</param>
    void Add(ReadOnlySpan<int> tokens, float weight, Span<float> loads);
}
