using DaprMoE.Dispatch;
using DaprMoE.Experts;
using DaprMoE.Gateway;
using DaprMoE.Models;
using DaprMoE.Predictors;

namespace DaprMoE.Inference.Tests;

/// <summary>
/// Every step's logits hash to the same value by every policy, with memory for one and a half of all experts and for three quarters of
/// them, while policies and plans change, and whatever is forecast.
/// </summary>
public sealed class PolicySameBitsTests(SameBitsTests.PlainRuns plain) : IClassFixture<SameBitsTests.PlainRuns>
{
    private const int Devices = 4;

    private static readonly string[] Models = ["tiny-moe", "qwen3_moe", "top-8"];

    public static TheoryData<string, string, double> Policies =>
    [
        .. from model in Models
           from policy in new[] { "static", "eplb", "moeless", "auto" }
           from share in new[] { 1.5, 0.75 }
           where policy != "eplb" || share > 1
           select new TheoryDataRow<string, string, double>(model, policy, share),
    ];

    public static TheoryData<string, double> Shares =>
        [.. from model in Models from share in new[] { 1.5, 0.75 } select new TheoryDataRow<string, double>(model, share)];

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Logits_ByAnyPolicy_AreThoseOfThePlainRun(string model, string policy, double share)
    {
        DecisionCount decisions = new();
        using LogitHashes hashes = new();
        using LocalEngine engine = Open(model, share, policy);
        engine.Events.Watch(decisions);
        await AssertSameAsync(model, engine, hashes);
        Assert.True(decisions.Of(policy) >= 50, $"{decisions.Of(policy)} decisions");
    }

    [Theory]
    [MemberData(nameof(Shares))]
    public async Task Logits_PoliciesAndPlansChangeMeanwhile_AreTheSame(string model, double share)
    {
        using LogitHashes hashes = new();
        using LocalEngine engine = Open(model, share, "moeless");
        using LoopWeather weather = new(engine);
        engine.Events.Watch(weather);
        await AssertSameAsync(model, engine, hashes);
        Assert.True(weather.Changes > 20, $"{weather.Changes} changes");
    }

    [Theory]
    [InlineData("tiny-moe", 5)]
    [InlineData("qwen3_moe", 3)]
    [InlineData("top-8", 40)]
    public async Task Logits_ForecastsThatAreWrong_AreTheSame(string model, int slots)
    {
        using LogitHashes hashes = new();
        using ResidentEngine engine = new(TestModels.Folder(model), Devices, slots, hashes, new ContraryPredictor());
        (LogitHashes expected, List<int[]> expectedTokens, _) = await plain.OfAsync(model);
        List<int[]> tokens = await HashedRun.GenerateAsync(engine.Engine, engine.Model.Description.VocabularySize, hashes, together: true);
        AssertSame(expected, expectedTokens, hashes, tokens);
        foreach (IExpertDevice device in engine.Host.Devices)
        {
            Assert.InRange(device.Memory.ReservedBytes, 1, device.Memory.BudgetBytes!.Value);
        }
    }

    private static LocalEngine Open(string model, double share, string policy)
    {
        string folder = TestModels.Folder(model);
        return LocalEngine.Open(
            folder,
            new LocalEngineOptions
            {
                Threads = 2,
                ContextLength = 256,
                MaxRunning = 16,
                TokenBudget = 64,
                Devices = Devices,
                DeviceMemory = Memory(folder, share),
                Policy = policy,
            },
            cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Whole slots on each device, together a share of all experts.</summary>
    private static long Memory(string folder, double share)
    {
        using PackedModel model = PackedModel.Open(folder, cancellationToken: TestContext.Current.CancellationToken);
        (int experts, int layer) = (0, 0);
        for (int i = 0; i < model.Description.Layers.Count; i++)
        {
            if (model.Description.Layers[i] is MoeFeedForward moe)
            {
                experts += moe.Experts;
                layer = i;
            }
        }

        return model.ExpertBytes(layer) * (long)Math.Ceiling(share * experts / Devices);
    }

    private async Task AssertSameAsync(string model, LocalEngine engine, LogitHashes hashes)
    {
        (LogitHashes expected, List<int[]> expectedTokens, _) = await plain.OfAsync(model);
        GenerationEngine generation = engine.Start(TimeProvider.System, hashes);
        List<int[]> tokens =
            await HashedRun.GenerateAsync(generation, engine.Model.Description.VocabularySize, hashes, together: true);
        AssertSame(expected, expectedTokens, hashes, tokens);
    }

    private static void AssertSame(LogitHashes expected, List<int[]> expectedTokens, LogitHashes hashes, List<int[]> tokens)
    {
        Assert.Equal(0, hashes.Contradictions);
        Assert.Equal(expected.Hashes, hashes.Hashes);
        Assert.Equal(expectedTokens, tokens);
    }

    private sealed class DecisionCount : IFastLoopObserver
    {
        private readonly Dictionary<string, int> _counts = [];

        public int Of(string policy) => _counts.GetValueOrDefault(policy);

        public void Decided(in LayerDecision decision)
        {
            Assert.False(decision.Forecast.IsEmpty);
            _counts[decision.Policy] = Of(decision.Policy) + 1;
        }
    }

    /// <summary>Foresees the experts that came least, and now and then nonsense.</summary>
    private sealed class ContraryPredictor : ILoadPredictor
    {
        private readonly Dictionary<int, int[]> _last = [];
        private int _turn;

        public string Name => "contrary";

        public ForecastBasis Forecast(in ForecastInput input, Span<float> loads)
        {
            for (int expert = 0; expert < loads.Length; expert++)
            {
                int last = _last.TryGetValue(input.Layer, out int[]? came) ? came[expert] : 0;
                loads[expert] = last > 0 ? 0 : 50 + expert;
            }

            if (++_turn % 7 == 0)
            {
                loads[_turn % loads.Length] = _turn % 2 == 0 ? float.NaN : float.PositiveInfinity;
            }

            return ForecastBasis.SpeculativeGate;
        }

        public void Observe(int layer, ReadOnlySpan<int> loads) => _last[layer] = loads.ToArray();

        public void Dispose()
        {
        }
    }
}
