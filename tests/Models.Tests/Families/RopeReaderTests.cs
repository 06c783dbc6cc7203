using System.Text.Json;

namespace DaprMoE.Models.Tests.Families;

public sealed class RopeReaderTests
{
    /// <summary>d = 16, theta = 1e6, factor 4, 32 original positions: the ramp runs from pair 0 to pair 1 (of 8).</summary>
    [Fact]
    public void Read_YarnFixture_KeepsTheFirstPairAndDividesTheOthers()
    {
        RopeDescription rope = CheckpointConfig.Read(Fixtures.Model("qwen3_moe-yarn")).Description.Attention.Rope;
        Assert.Equal((0.1 * Math.Log(4)) + 1, rope.AttentionFactor, 1e-6);
        Assert.Equal(1, rope.Frequencies[0]);
        for (int pair = 1; pair < 8; pair++)
        {
            Assert.Equal(Math.Pow(1e6, -pair / 8.0) / 4, rope.Frequencies[pair], 1e-15);
        }
    }

    /// <summary>The ramp runs from pair 1.4 to pair 4.4; with rounding from 1 to 5.</summary>
    [Theory]
    [InlineData("true", 1, 5)]
    [InlineData("false", 1.39334, 4.40364)]
    public void Read_YarnOfLongContext_RampsBetweenTheTwoPairs(string truncate, double low, double high)
    {
        RopeDescription rope = Read($$"""
            {
              "rope_theta": 10000.0,
              "rope_scaling": {
                "type": "yarn", "factor": 10, "beta_fast": 32, "beta_slow": 1, "truncate": {{truncate}},
                "original_max_position_embeddings": 1000
              }
            }
            """);
        for (int pair = 0; pair < 8; pair++)
        {
            double unscaled = Math.Pow(10000, -pair / 8.0);
            double share = pair <= low ? 0 : pair >= high ? 1 : (pair - low) / (high - low);
            Assert.Equal((unscaled * (1 - share)) + (unscaled / 10 * share), rope.Frequencies[pair], 1e-5);
        }
    }

    [Theory]
    [InlineData("\"attention_factor\": 1.5", 1.5)]
    [InlineData("\"mscale\": 1.0, \"mscale_all_dim\": 1.0", 1)]
    [InlineData("\"mscale\": 2.0, \"mscale_all_dim\": 1.0", 1.2772588722239781 / 1.1386294361119891)]
    [InlineData("\"mscale\": 2.0", 1.1386294361119891)]
    public void Read_YarnAttentionFactor_ComesFromTheKeyThatIsThere(string keys, double expected)
    {
        RopeDescription rope = Read($$"""{ "rope_scaling": { "rope_type": "yarn", "factor": 4.0, {{keys}} } }""");
        Assert.Equal(expected, rope.AttentionFactor, 1e-6);
    }

    [Fact]
    public void Read_Llama3_DividesLongWavelengthsBlendsMiddleOnes()
    {
        RopeDescription rope = Read("""
            {
              "rope_theta": 500000.0,
              "rope_scaling": {
                "rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                "original_max_position_embeddings": 8192
              }
            }
            """);
        double Unscaled(int pair) => Math.Pow(500000, -pair / 8.0);
        Assert.Equal(Unscaled(2), rope.Frequencies[2], 1e-15);
        Assert.Equal(Unscaled(7) / 8, rope.Frequencies[7], 1e-15);

        // Pair 4 has wavelength 4443, between 8192 / 4 and 8192 / 1.
        double smooth = ((8192 / (2 * Math.PI / Unscaled(4))) - 1) / 3;
        Assert.InRange(smooth, 0.01, 0.99);
        Assert.Equal(((1 - smooth) * Unscaled(4) / 8) + (smooth * Unscaled(4)), rope.Frequencies[4], 1e-15);
    }

    [Fact]
    public void Read_Llama3WithEqualFactors_IsNeverNaN()
    {
        RopeDescription rope = Read("""
            { "rope_scaling": { "rope_type": "llama3", "factor": 16.0, "low_freq_factor": 1.0, "high_freq_factor": 1.0,
              "original_max_position_embeddings": 8192 } }
            """);
        Assert.All(rope.Frequencies, frequency => Assert.True(double.IsFinite(frequency)));
    }

    [Theory]
    [InlineData("""{ "rope_scaling": { "type": "linear", "factor": 2.0 }, "rope_theta": 100 }""")]
    [InlineData("""{ "rope_parameters": { "rope_type": "linear", "factor": 2.0, "rope_theta": 100 } }""")]
    public void Read_Linear_DividesAllInBothSpellings(string config)
    {
        RopeDescription rope = Read(config);
        Assert.Equal(Math.Pow(100, -3 / 8.0) / 2, rope.Frequencies[3], 1e-15);
    }

    [Theory]
    [InlineData("""{ "rope_scaling": { "rope_type": "dynamic", "factor": 2.0 } }""", "rope_type is \"dynamic\"; allowed are default")]
    [InlineData("""{ "rope_scaling": { "rope_type": "yarn", "type": "linear" } }""", "type is \"linear\"; allowed are the value of")]
    [InlineData("""{ "rope_scaling": { "rope_type": "yarn", "factor": 0 } }""", "rope_scaling.factor is 0; allowed are numbers above 0")]
    [InlineData("""{ "rope_scaling": 3 }""", "rope_scaling is 3; allowed are an object or null")]
    [InlineData("""{ "rope_theta": "x" }""", "rope_theta is \"x\"")]
    [InlineData("""{ "rope_theta": 1 }""", "rope_theta is 1; allowed are numbers above 1")]
    public void Read_WrongValue_IsNamed(string json, string fault)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        ConfigReader config = new("config.json", document.RootElement);
        RopeReader.Read(config, 16, 4096, 10000);
        Assert.Contains(config.Faults, text => text.Contains(fault, StringComparison.Ordinal));
    }

    private static RopeDescription Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        ConfigReader config = new("config.json", document.RootElement);
        RopeDescription rope = RopeReader.Read(config, 16, 4096, 10000);
        Assert.Empty(config.Faults);
        return rope;
    }
}
