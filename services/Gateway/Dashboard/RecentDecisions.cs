using DaprMoE.Dashboard;
using DaprMoE.Dispatch;
using DaprMoE.Predictors;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>
/// What the fast loop foresaw and decided lately, layer by layer. Written by the engine's thread; read by one other, which may see a layer
/// in the middle of a change: these are figures to look at.
/// </summary>
internal sealed class RecentDecisions(IReadOnlyList<int> expertsPerLayer) : IFastLoopObserver
{
    // Older iterations count half after this many.
    private const double Fading = 64;

    private readonly LayerRecord?[] _layers = new LayerRecord?[expertsPerLayer.Count];

    /// <inheritdoc/>
    public void Decided(in LayerDecision decision)
    {
        LayerRecord layer = Volatile.Read(ref _layers[decision.Layer]) ?? new LayerRecord(decision.Layer, expertsPerLayer[decision.Layer]);
        layer.Add(in decision);
        Volatile.Write(ref _layers[decision.Layer], layer);
    }

    /// <summary>What was decided for a layer last; null when the fast loop has decided nothing there.</summary>
    public LayerDecisionView? Decision(int layer) => Volatile.Read(ref _layers[layer])?.Decision();

    /// <summary>The forecasts of all layers that had one.</summary>
    public IReadOnlyList<LayerForecast> Forecasts() =>
        [.. _layers.Select((_, layer) => Volatile.Read(ref _layers[layer])?.Forecast()).OfType<LayerForecast>()];

    private sealed class LayerRecord(int layer, int experts)
    {
        private readonly double[] _expected = new double[experts];
        private readonly double[] _actual = new double[experts];
        private double _accuracy;
        private double _weight;
        private int _alive;
        private int _wanted;
        private volatile int _reason;
        private volatile int _basis;

        public void Add(in LayerDecision decision)
        {
            (_alive, _wanted) = (decision.Alive.Count, decision.Wanted);
            (_reason, _basis) = ((int)decision.Reason, (int)decision.Basis);
            if (decision.Accuracy is not { } accuracy)
            {
                return;
            }

            double keep = 1 - (Math.Log(2) / Fading);
            Fade(_expected, decision.Forecast, keep);
            Fade(_actual, decision.Loads, keep);
            Volatile.Write(ref _accuracy, (_accuracy * keep) + accuracy);
            Volatile.Write(ref _weight, (_weight * keep) + 1);
        }

        public LayerDecisionView Decision() => new(_alive, _wanted, ((PlanReason)_reason).Name());

        public LayerForecast? Forecast()
        {
            double weight = Volatile.Read(ref _weight);
            return weight == 0 ? null : new LayerForecast(
                layer, BasisNames.Of((ForecastBasis)_basis), Shares(_expected), Shares(_actual), Math.Clamp(_accuracy / weight, 0, 1));
        }

        private static void Fade<T>(double[] sums, ReadOnlySpan<T> tokens, double keep)
            where T : System.Numerics.INumber<T>
        {
            for (int expert = 0; expert < sums.Length; expert++)
            {
                sums[expert] = (sums[expert] * keep) + double.CreateChecked(tokens[expert]);
            }
        }

        private static double[] Shares(double[] sums)
        {
            double[] shares = (double[])sums.Clone();
            double total = shares.Sum();
            for (int expert = 0; total > 0 && expert < shares.Length; expert++)
            {
                shares[expert] /= total;
            }

            return shares;
        }
    }
}
