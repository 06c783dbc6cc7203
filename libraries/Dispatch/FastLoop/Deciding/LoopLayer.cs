using DaprMoE.Predictors;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>One MoE layer as the fast loop works on it; the engine's thread only.</summary>
internal sealed class LoopLayer
{
    private const float UseDecay = 1f / 16;

    /// <summary>Nothing is impossible: an expert that is not foreseen is used sometimes.</summary>
    private const float LeastChance = 0.02f;

    private readonly double[] _foreseen;
    private readonly double[] _came;
    private readonly float[] _use;
    private readonly float[] _chances;

    public LoopLayer(int layer, int index, LayerView view)
    {
        (Layer, Index, View) = (layer, index, view);
        Forecast = new float[view.Experts];
        _foreseen = new double[view.Experts];
        _came = new double[view.Experts];
        _chances = new float[view.Experts];
        _use = new float[view.Experts];
        Array.Fill(_use, 1);
        Wanted = new LayerPlan(view.Experts, view.HeldOn.Length);
    }

    /// <summary>Its number in the model.</summary>
    public int Layer { get; }

    /// <summary>Its number among the MoE layers.</summary>
    public int Index { get; }

    /// <summary>Its replicas.</summary>
    public LayerView View { get; }

    /// <summary>Tokens foreseen for each expert.</summary>
    public float[] Forecast { get; }

    /// <summary>The forecast as policies take it.</summary>
    public ReadOnlySpan<double> Foreseen => _foreseen;

    /// <summary>What was decided last, by the alive devices; empty when the policy decides nothing here.</summary>
    public LayerPlan Wanted { get; }

    /// <summary>What was decided for the running iteration.</summary>
    public LayerOutcome Outcome { get; set; }

    /// <summary>How likely each expert is used by the next run.</summary>
    public ReadOnlyMemory<float> Chances => _chances;

    /// <summary>Makes a forecast fit for policies: whatever a predictor says, loads are finite and at least 0.</summary>
    public void TakeForecast()
    {
        for (int expert = 0; expert < Forecast.Length; expert++)
        {
            float load = float.IsFinite(Forecast[expert]) ? Math.Max(0, Forecast[expert]) : 0;
            Forecast[expert] = load;
            _foreseen[expert] = load;
            _chances[expert] = Math.Clamp(1 - MathF.Exp(-load), LeastChance, 1);
        }
    }

    /// <summary>Accuracy of the running iteration's forecast; null when nothing was foreseen.</summary>
    public double? Accuracy(ReadOnlySpan<int> loads)
    {
        if (!Outcome.IsForeseen)
        {
            return null;
        }

        for (int expert = 0; expert < loads.Length; expert++)
        {
            _came[expert] = loads[expert];
        }

        return LoadAccuracy.Of(_foreseen, _came);
    }

    /// <summary>The layer ran: until the next forecast, what its experts were used for lately says what comes.</summary>
    public void Ran(ReadOnlySpan<int> loads)
    {
        for (int expert = 0; expert < loads.Length; expert++)
        {
            _use[expert] += UseDecay * ((loads[expert] > 0 ? 1 : 0) - _use[expert]);
            _chances[expert] = Math.Clamp(_use[expert], LeastChance, 1);
        }
    }
}

/// <summary>What came of one decision.</summary>
/// <param name="IsForeseen">Whether there was a forecast.</param>
/// <param name="Basis">What it rests on.</param>
/// <param name="Reason">The decision's reason.</param>
/// <param name="Asked">Warm-ups asked for.</param>
/// <param name="Cancelled">Warm-ups taken back.</param>
/// <param name="Elapsed">Time of forecast and decision.</param>
internal readonly record struct LayerOutcome(
    bool IsForeseen, ForecastBasis Basis, PlanReason Reason, int Asked, int Cancelled, TimeSpan Elapsed);
