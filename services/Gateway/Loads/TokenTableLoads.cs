using DaprMoE.Ports;
using DaprMoE.Predictors;

namespace DaprMoE.Gateway;

/// <summary>A trained token table, as what is queued asks it. One caller at a time.</summary>
/// <param name="layout">The model.</param>
/// <param name="table">The table; taken over.</param>
internal sealed class TokenTableLoads(ExpertLayout layout, ILoadPredictor table) : ITokenLoads, IDisposable
{
    private readonly float[] _loads = new float[layout.Shape.Experts];

    public void Add(ReadOnlySpan<int> tokens, float weight, Span<float> loads)
    {
        if (tokens.IsEmpty)
        {
            return;
        }

        for (int layer = 0; layer < layout.Shape.Layers; layer++)
        {
            ForecastInput input = new() { Layer = layout.Layers[layer], Rows = tokens.Length, Tokens = tokens };
            table.Forecast(in input, _loads);
            Span<float> sum = loads.Slice(layer * layout.Shape.Experts, layout.Shape.Experts);
            for (int expert = 0; expert < sum.Length; expert++)
            {
                sum[expert] += weight * _loads[expert];
            }
        }
    }

    public void Dispose() => table.Dispose();
}
