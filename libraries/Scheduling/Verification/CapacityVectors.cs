using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>The lossy capacity-aware baseline, on tokens and on loads.</summary>
internal sealed class CapacityVectors : IVectorFile
{
    public void Check(JsonElement input, VectorExpectation expected)
    {
        double gamma = input.GetProperty("gamma").GetDouble();
        CapacityMode mode = Mode(input);
        if (input.GetProperty("level").GetString() == "loads")
        {
            CheckLoads(input, gamma, mode, expected);
        }
        else
        {
            CheckTokens(input, gamma, mode, expected);
        }
    }

    private static CapacityMode Mode(JsonElement input) => input.GetProperty("mode").GetString() switch
    {
        "drop" => CapacityMode.Drop,
        "expanded" => CapacityMode.Expanded,
        string mode => throw new SchedulingException(SchedulingError.BadMode, $"There is no mode '{mode}'; there are drop, expanded."),
        null => throw new JsonException("The mode is null."),
    };

    private static void CheckLoads(JsonElement input, double gamma, CapacityMode mode, VectorExpectation expected)
    {
        long[] loads = [.. input.GetProperty("loads").EnumerateArray().Select(value => value.GetInt64())];
        CapacityLoads result = CapacityLoads.Limit(loads, gamma, mode);
        expected.Exact("capacity", result.Capacity);
        expected.Exact("loads", loads);
        expected.Exact("dropped", result.Dropped);
        expected.Exact("rerouted", result.Rerouted);
    }

    private static void CheckTokens(JsonElement input, double gamma, CapacityMode mode, VectorExpectation expected)
    {
        double[][] scores = [.. input.GetProperty("scores").EnumerateArray().Select(
            row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
        CapacityRouting result = CapacityRouter.Route(
            scores, input.GetProperty("top_k").GetInt32(), gamma, mode, input.Optional("candidates")?.GetInt32());
        expected.Exact("capacity", result.Capacity);
        expected.Exact("assigned", result.Assigned);
        expected.Exact("loads", result.Loads);
        expected.Exact("kept", result.Kept);
        expected.Exact("dropped", result.Dropped);
        expected.Exact("rerouted", result.Rerouted);
        expected.Exact("empty_tokens", result.EmptyTokens);
    }
}
