namespace DaprMoE.Models;

/// <summary>Reads the rotation that most families share: <c>rope_theta</c> and the kinds of <c>rope_scaling</c>.</summary>
internal static class RopeReader
{
    private const string Kinds = "default, linear, llama3 and yarn";

    /// <summary>Reads the rotation of <paramref name="size"/> values per head.</summary>
    public static RopeDescription Read(ConfigReader config, int size, int maxPositions, double defaultTheta)
    {
        // Newer files hold theta and the scaling in one object.
        ConfigReader? scaling = config.Section("rope_scaling") ?? config.Section("rope_parameters");
        double theta = config.Above(1, "rope_theta", scaling?.Above(1, "rope_theta", defaultTheta) ?? defaultTheta);
        double[] frequencies = RopeScaling.Unscaled(theta, size);
        if (scaling is null)
        {
            return new RopeDescription(frequencies, 1);
        }

        switch (Kind(scaling))
        {
            case "default":
                return new RopeDescription(frequencies, 1);
            case "linear":
                return new RopeDescription(RopeScaling.Linear(frequencies, scaling.Positive("factor", 1)), 1);
            case "llama3":
                return new RopeDescription(RopeScaling.Llama3(frequencies, ReadLlama3(scaling, maxPositions)), 1);
            case "yarn":
                YarnScaling yarn = ReadYarn(scaling, maxPositions);
                return new RopeDescription(RopeScaling.Yarn(frequencies, theta, yarn), (float)yarn.EffectiveAttentionFactor);
            default:
                return new RopeDescription(frequencies, 1);
        }
    }

    private static string Kind(ConfigReader scaling)
    {
        string? kind = scaling.Text("rope_type", null);
        string? olderName = scaling.Text("type", null);
        if (kind is not null && olderName is not null && kind != olderName)
        {
            scaling.Refuse("type", $"the value of rope_type beside it, {kind}");
        }

        kind ??= olderName ?? "default";
        if (kind is not ("default" or "linear" or "llama3" or "yarn"))
        {
            scaling.Refuse(scaling.Has("rope_type") ? "rope_type" : "type", Kinds);
        }

        return kind;
    }

    private static Llama3Scaling ReadLlama3(ConfigReader scaling, int maxPositions) => new(
        scaling.Positive("factor", 1),
        scaling.Positive("low_freq_factor", 1),
        scaling.Positive("high_freq_factor", 1),
        scaling.Positive("original_max_position_embeddings", maxPositions));

    private static YarnScaling ReadYarn(ConfigReader scaling, int maxPositions) => new()
    {
        Factor = scaling.Positive("factor", 1),
        OriginalPositions = scaling.Positive("original_max_position_embeddings", maxPositions),
        BetaFast = scaling.Positive("beta_fast", 32),
        BetaSlow = scaling.Positive("beta_slow", 1),
        Truncate = scaling.Bool("truncate", true),
        Mscale = scaling.NotNegative("mscale", 0),
        MscaleAllDim = scaling.NotNegative("mscale_all_dim", 0),
        AttentionFactor = scaling.Has("attention_factor") ? scaling.Positive("attention_factor", 1) : null,
    };
}
