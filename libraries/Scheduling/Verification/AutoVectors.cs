using System.Globalization;
using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>Auto's search on the reference objective, scored against the exact optimum.</summary>
internal sealed class AutoVectors : IVectorFile
{
    /// <summary>Largest ratio of a case.</summary>
    private const double Worst = 1.2;

    /// <summary>Largest mean ratio of all feasible cases.</summary>
    private const double Mean = 1.02;

    private double _ratios;
    private int _cases;

    public void Check(JsonElement input, VectorExpectation expected)
    {
        AutoObjective objective = new(input);
        bool feasible = objective.IsFeasible;
        expected.Exact("feasible", feasible);
        if (!feasible)
        {
            return;
        }

        JsonElement optimum = expected.Json.GetProperty("optimum");
        double best = optimum.GetProperty("value").GetDouble();
        double stated = objective.Value(objective.Of(optimum.Rows("plan")));
        expected.Verify("value of the optimum", VectorExpectation.IsNear(stated, best), stated, best);
        double found = objective.Search();
        double ratio = best > 0 ? found / best : found > 0 ? double.PositiveInfinity : 1;
        expected.Verify("ratio to the optimum", ratio <= Worst, ratio, Worst);
        _ratios += ratio;
        _cases++;
    }

    public string? CheckAll() => _cases > 0 && _ratios / _cases > Mean
        ? string.Create(CultureInfo.InvariantCulture, $"mean ratio to the optimum is {_ratios / _cases}, at most {Mean} is allowed")
        : null;
}
