using System.Globalization;
using System.Text.Json;
using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>The generator of routing <c>slots</c>: its random numbers, its weights, its loads and choices, all exact.</summary>
public sealed class RoutingVectors : IVectorFile
{
    /// <summary>The file that holds them.</summary>
    public const string File = "routing.json";

    /// <inheritdoc/>
    public void Check(JsonElement input, VectorExpectation expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        switch (input.GetProperty("what").GetString())
        {
            case "prng":
                CheckGenerator(Unsigned(input.GetProperty("seed")), expected);
                break;
            case "weights":
                expected.Exact("weights", ZipfWeights.Integers(Integer(input, "n"), input.GetProperty("zipf").GetDouble()));
                break;
            case "routing":
                CheckRouting(input, expected);
                break;
            case var what:
                throw new JsonException($"There is no vector of '{what}'; there are prng, weights, routing.");
        }
    }

    private static void CheckGenerator(ulong seed, VectorExpectation expected)
    {
        Xoshiro256 random = new(seed);
        (ulong s0, ulong s1, ulong s2, ulong s3) = random.State;
        expected.Exact("state", (string[])[Text(s0), Text(s1), Text(s2), Text(s3)]);
        Draw("next", () => Text(random.Next()));
        Draw("below_1000", () => random.Below(1000));
        Draw("below_2pow40", () => random.Below(1UL << 40));
        Draw("chance_0.3", () => random.Chance(0.3));
        Draw("chance_0", () => random.Chance(0));
        Draw("chance_1", () => random.Chance(1));

        void Draw<T>(string name, Func<T> draw) =>
            expected.Exact(name, Enumerable.Range(0, expected.Json.GetProperty(name).GetArrayLength()).Select(_ => draw()).ToArray());
    }

    private static void CheckRouting(JsonElement input, VectorExpectation expected)
    {
        SlotsRouting routing = (SlotsRouting)RoutingRegistry.Create("slots", Settings(input));
        int slots = Integer(input, "slots");
        int iterations = Integer(input, "iterations");
        int[][][] loads = new int[iterations][][];
        int[][][][] choices = new int[iterations][][][];
        Batch batch = Batch.OfTokens(slots);
        routing.Choices = [.. Enumerable.Range(0, routing.Layers).Select(_ => new int[slots * routing.TopK])];
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            routing.MoveNext(batch);
            loads[iteration] = [.. Enumerable.Range(0, routing.Layers).Select(layer => routing.Loads(layer).ToArray())];
            choices[iteration] = [.. routing.Choices.Select(layer => layer.Chunk(routing.TopK).ToArray())];
        }

        expected.Exact("loads", loads);
        if (expected.Json.TryGetProperty("choices", out JsonElement given) && given.ValueKind != JsonValueKind.Null)
        {
            expected.Exact("choices", choices);
        }
    }

    private static RoutingSettings Settings(JsonElement input) => new()
    {
        Layers = Integer(input, "layers"),
        Experts = Integer(input, "experts"),
        TopK = Integer(input, "top_k"),
        Seed = Unsigned(input.GetProperty("seed")),
        Zipf = input.GetProperty("zipf").GetDouble(),
        Topics = Integer(input, "topics"),
        TopicZipf = input.GetProperty("topic_zipf").GetDouble(),
        Rho = input.GetProperty("rho").GetDouble(),
        Drift = Integer(input, "drift"),
    };

    private static int Integer(JsonElement input, string name) => input.GetProperty(name).GetInt32();

    private static ulong Unsigned(JsonElement element) => ulong.Parse(element.GetString()!, CultureInfo.InvariantCulture);

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
