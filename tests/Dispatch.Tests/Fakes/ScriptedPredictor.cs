using DaprMoE.Predictors;

namespace DaprMoE.Dispatch.Tests;

/// <summary>Says whatever a test wants it to.</summary>
internal sealed class ScriptedPredictor : ILoadPredictor
{
    public string Name => "scripted";

    /// <summary>The loads of a layer; even ones for layers without.</summary>
    public Dictionary<int, float[]> Loads { get; } = [];

    /// <summary>What was asked: target layer, source layer (-1 without gate input), token ids.</summary>
    public List<(int Layer, int Source, int Tokens)> Asked { get; } = [];

    /// <summary>What really came.</summary>
    public List<(int Layer, int[] Loads)> Observed { get; } = [];

    public ForecastBasis Forecast(in ForecastInput input, Span<float> loads)
    {
        Asked.Add((input.Layer, input.GateInput.IsEmpty ? -1 : input.Source, input.Tokens.Length));
        loads.Fill(1);
        if (Loads.TryGetValue(input.Layer, out float[]? scripted))
        {
            scripted.CopyTo(loads);
        }

        return ForecastBasis.SpeculativeGate;
    }

    public void Observe(int layer, ReadOnlySpan<int> loads) => Observed.Add((layer, loads.ToArray()));

    public void Dispose()
    {
    }
}
