using System.Globalization;
using System.Text.Json;

namespace DaprMoE.Simulation.Tests;

public sealed class SlotsRoutingTests
{
    public static TheoryData<string> Generators() => Names("prng");

    public static TheoryData<string> Weights() => Names("weights");

    public static TheoryData<string> Routings() => Names("routing");

    [Theory]
    [MemberData(nameof(Generators))]
    public void Generator_Seeded_DrawsTheVectorsNumbers(string name)
    {
        JsonElement vector = Find(name);
        JsonElement expected = vector.GetProperty("expected");
        ulong seed = Unsigned(vector.GetProperty("input").GetProperty("seed"));

        Xoshiro256 random = new(seed);
        (ulong s0, ulong s1, ulong s2, ulong s3) = random.State;
        Assert.Equal(expected.GetProperty("state").EnumerateArray().Select(Unsigned), [s0, s1, s2, s3]);
        AssertDraws(expected, "next", random.Next, Unsigned);
        AssertDraws(expected, "below_1000", () => random.Below(1000), element => element.GetUInt64());
        AssertDraws(expected, "below_2pow40", () => random.Below(1UL << 40), element => element.GetUInt64());
        AssertDraws(expected, "chance_0.3", () => random.Chance(0.3), element => element.GetBoolean());
        AssertDraws(expected, "chance_0", () => random.Chance(0), element => element.GetBoolean());
        AssertDraws(expected, "chance_1", () => random.Chance(1), element => element.GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Weights))]
    public void Weights_OfRanks_AreTheVectors(string name)
    {
        JsonElement vector = Find(name);
        JsonElement input = vector.GetProperty("input");

        ulong[] weights = ZipfWeights.Integers(input.GetProperty("n").GetInt32(), input.GetProperty("zipf").GetDouble());

        Assert.Equal(vector.GetProperty("expected").GetProperty("weights").EnumerateArray().Select(weight => weight.GetUInt64()), weights);
    }

    [Theory]
    [MemberData(nameof(Routings))]
    public void Routing_OfVector_IsExact(string name)
    {
        JsonElement vector = Find(name);
        JsonElement input = vector.GetProperty("input");
        JsonElement expected = vector.GetProperty("expected");
        if (expected.TryGetProperty("error", out _))
        {
            Assert.Throws<SimulationException>(() => RoutingRegistry.Create("slots", Settings(input)));
            return;
        }

        SlotsRouting routing = (SlotsRouting)RoutingRegistry.Create("slots", Settings(input));
        int slots = input.GetProperty("slots").GetInt32();
        routing.Choices = [.. Enumerable.Range(0, routing.Layers).Select(_ => new int[slots * routing.TopK])];
        Batch batch = Batch.OfTokens(slots);
        for (int iteration = 0; iteration < input.GetProperty("iterations").GetInt32(); iteration++)
        {
            Assert.True(routing.MoveNext(batch));
            for (int layer = 0; layer < routing.Layers; layer++)
            {
                Assert.Equal(Numbers(expected.GetProperty("loads")[iteration][layer]), routing.Loads(layer).ToArray());
                if (expected.GetProperty("choices") is { ValueKind: JsonValueKind.Array } choices)
                {
                    Assert.Equal(choices[iteration][layer].EnumerateArray().SelectMany(Numbers), routing.Choices[layer]);
                }
            }
        }
    }

    private static RoutingSettings Settings(JsonElement input) => new()
    {
        Layers = input.GetProperty("layers").GetInt32(),
        Experts = input.GetProperty("experts").GetInt32(),
        TopK = input.GetProperty("top_k").GetInt32(),
        Seed = Unsigned(input.GetProperty("seed")),
        Zipf = input.GetProperty("zipf").GetDouble(),
        Topics = input.GetProperty("topics").GetInt32(),
        TopicZipf = input.GetProperty("topic_zipf").GetDouble(),
        Rho = input.GetProperty("rho").GetDouble(),
        Drift = input.GetProperty("drift").GetInt32(),
    };

    private static void AssertDraws<T>(JsonElement expected, string what, Func<T> draw, Func<JsonElement, T> read)
    {
        foreach (JsonElement element in expected.GetProperty(what).EnumerateArray())
        {
            Assert.Equal(read(element), draw());
        }
    }

    private static IEnumerable<int> Numbers(JsonElement array) => array.EnumerateArray().Select(element => element.GetInt32());

    private static ulong Unsigned(JsonElement element) => ulong.Parse(element.GetString()!, CultureInfo.InvariantCulture);

    private static JsonElement Find(string name) =>
        Fixtures.Cases("routing.json").Single(vector => vector.GetProperty("name").GetString() == name);

    private static TheoryData<string> Names(string what) =>
        [.. Fixtures.Cases("routing.json")
            .Where(vector => vector.GetProperty("input").GetProperty("what").GetString() == what)
            .Select(vector => vector.GetProperty("name").GetString()!)];
}
