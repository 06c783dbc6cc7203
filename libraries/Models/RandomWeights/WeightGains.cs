namespace DaprMoE.Models;

/// <summary>
/// Means and deviations with which a random model behaves like a trained one: activations near 1, router and output logits
/// spread by 2 to 3.
/// </summary>
internal static class WeightGains
{
    private const double LogitSpread = 2.5;

    /// <summary>The mean and standard deviation of a tensor's values.</summary>
    public static (double Center, double Deviation) Of(TensorSpec tensor, bool tiedEmbeddings)
    {
        double perInput = 1 / Math.Sqrt(tensor.Shape[^1]);
        return tensor.Role switch
        {
            TensorRole.Norm => (1, 0.1),
            TensorRole.Bias => (0, 0.1),
            TensorRole.Embedding => (0, tiedEmbeddings ? LogitSpread * perInput : 1),
            TensorRole.Output or TensorRole.Gate => (0, LogitSpread * perInput),

            // silu(gate) · up has a deviation near 0.6.
            TensorRole.ExpertDown => (0, 1.6 * perInput),
            _ => (0, perInput),
        };
    }
}
