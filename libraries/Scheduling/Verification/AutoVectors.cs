using System.Globalization;
using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>
/// Auto's search against the exact optimum, on the objective that the vectors state: it prices held bytes and new copies and lets any copy
/// move, which the policy's own does not. So it is the search that is judged here, and its score is independent as far as the reference's
/// value of each optimum is met; the policy's own objective is judged by the tests of the policy, against every set of relief copies.
/// </summary>
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
