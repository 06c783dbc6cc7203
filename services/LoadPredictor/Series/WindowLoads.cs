using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor;

/// <summary>One window of a <see cref="LoadSeries"/>: what was seen, and what was expected before.</summary>
internal sealed class WindowLoads(LayerShape shape)
{
    private const float KeepSmoothed = 1 - LoadSeries.Smoothing;

    /// <summary>Share x experts of each expert, [layers x experts].</summary>
    public float[] Loads { get; } = new float[shape.Count];

    /// <summary>Exponentially smoothed <see cref="Loads"/>, this window included.</summary>
    public float[] Smoothed { get; } = new float[shape.Count];

    /// <summary>Share x experts by the tokens that were known before the window; the smoothed expectation where none were.</summary>
    public float[] Expected { get; } = new float[shape.Count];

    /// <summary>Exponentially smoothed <see cref="Expected"/>, this window included.</summary>
    public float[] ExpectedSmoothed { get; } = new float[shape.Count];

    /// <summary>Coefficient of variation of each layer.</summary>
    public float[] Variation { get; } = new float[shape.Layers];

    /// <summary>Largest load of each layer.</summary>
    public float[] Largest { get; } = new float[shape.Layers];

    /// <summary>Tokens of the window.</summary>
    public float Tokens { get; private set; }

    /// <summary>Exponentially smoothed assignments of a layer, this window included.</summary>
    public float Assignments { get; private set; }

    /// <summary>Part of the tokens that were prompt tokens.</summary>
    public float PromptFraction { get; private set; }

    /// <summary>Tokens that were known before the window came.</summary>
    public float KnownTokens { get; private set; }

    public void SetLoads(LoadWindow window, WindowLoads? before)
    {
        Tokens = window.Tokens;
        PromptFraction = (float)window.PromptFraction;
        long assignments = 0;
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            assignments = Math.Max(assignments, ScaleLayer(shape.Layer<int>(window.Loads, layer), layer));
        }

        Assignments = before is null ? assignments : (KeepSmoothed * before.Assignments) + (LoadSeries.Smoothing * assignments);
        Smooth(Loads, before?.Smoothed ?? Loads, Smoothed);
        Smooth(Expected, before?.ExpectedSmoothed ?? Expected, ExpectedSmoothed);
    }

    /// <param name="expected">Tokens of each expert, as a window has them.</param>
    /// <param name="smoothed">What stands for a layer of which nothing is known.</param>
    public void SetExpected(float[] expected, float[] smoothed)
    {
        KnownTokens = 0;
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            int first = layer * shape.Experts;
            float total = Sum(shape.Layer<float>(expected, layer));
            KnownTokens = Math.Max(KnownTokens, total);
            for (int i = first; i < first + shape.Experts; i++)
            {
                Expected[i] = total > 0 ? expected[i] / total * shape.Experts : smoothed[i];
            }
        }
    }

    public void ForgetExpected(float[] smoothed)
    {
        KnownTokens = 0;
        smoothed.CopyTo(Expected, 0);
    }

    public void CopyFrom(WindowLoads other)
    {
        other.Loads.CopyTo(Loads, 0);
        other.Smoothed.CopyTo(Smoothed, 0);
        other.Expected.CopyTo(Expected, 0);
        other.ExpectedSmoothed.CopyTo(ExpectedSmoothed, 0);
        other.Variation.CopyTo(Variation, 0);
        other.Largest.CopyTo(Largest, 0);
        (Tokens, Assignments) = (other.Tokens, other.Assignments);
        (PromptFraction, KnownTokens) = (other.PromptFraction, other.KnownTokens);
    }

    private static void Smooth(float[] newest, float[] before, float[] smoothed)
    {
        for (int i = 0; i < smoothed.Length; i++)
        {
            smoothed[i] = (KeepSmoothed * before[i]) + (LoadSeries.Smoothing * newest[i]);
        }
    }

    private static float Sum(ReadOnlySpan<float> values)
    {
        float sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        return sum;
    }

    private long ScaleLayer(ReadOnlySpan<int> loads, int layer)
    {
        long total = 0;
        foreach (int load in loads)
        {
            total += load;
        }

        Span<float> scaled = Loads.AsSpan(layer * shape.Experts, shape.Experts);
        float largest = 0;
        float squares = 0;
        for (int e = 0; e < scaled.Length; e++)
        {
            float load = total > 0 ? (float)((double)loads[e] / total * shape.Experts) : 1;
            scaled[e] = load;
            largest = Math.Max(largest, load);
            squares += (load - 1) * (load - 1);
        }

        Largest[layer] = largest;
        Variation[layer] = MathF.Sqrt(squares / scaled.Length);
        return total;
    }
}
