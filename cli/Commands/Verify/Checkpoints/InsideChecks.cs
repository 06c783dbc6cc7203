namespace DaprMoE.Cli;

/// <summary>Compares what a forward pass of p17 was seen to do, in the order in which a fault is found: layer by layer, from the embedding on.</summary>
internal sealed class InsideChecks(GoldenFile golden, GoldenTensors expected, ForwardRecorder seen)
{
    // The positions of p17 whose residual stream is kept.
    private static readonly int[] Positions = [0, 8, 16];

    public IEnumerable<Check> Run(int layers)
    {
        for (int layer = 0; layer < layers; layer++)
        {
            yield return Hidden("hidden_mid", layer);
            if (golden.MoeLayers.Contains(layer))
            {
                yield return Router("router.logits", $"router.{layer}.logits", layer);
                yield return Check.OfIds($"router.{layer}.experts", seen.Experts(layer), expected.Ids($"router.{layer}.experts"));
                yield return Router("router.weights", $"router.{layer}.weights", layer);
            }

            yield return Hidden("hidden", layer);
        }
    }

    private Check Router(string kind, string name, int layer) =>
        Check.OfNumbers(name, seen.Numbers(kind, layer), expected.Floats(name), golden.Tolerance(kind));

    private Check Hidden(string kind, int layer)
    {
        string name = $"{kind}.{layer}";
        float[] rows = expected.Floats(name);
        int width = rows.Length / Positions.Length;
        float[] all = seen.Numbers(kind, layer);
        float[] picked = all.Length < (Positions[^1] + 1) * width
            ? all
            : [.. Positions.SelectMany(position => all.AsSpan(position * width, width).ToArray())];
        return Check.OfNumbers(name, picked, rows, golden.Tolerance(kind));
    }
}
