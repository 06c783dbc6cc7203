using System.Text.Json.Nodes;

namespace DaprMoE.Models;

/// <summary>Qwen3-MoE: normed query and key heads, softmax gate, no shared experts.</summary>
internal sealed class Qwen3MoeFamily : IModelFamily
{
    /// <inheritdoc/>
    public string Name => "qwen3_moe";

    /// <inheritdoc/>
    public ITensorNames Names { get; } = new Qwen3MoeTensorNames();

    /// <inheritdoc/>
    public ModelDescription Describe(ConfigReader config)
    {
        RefuseWhatIsNotComputed(config);
        int hidden = config.RequiredInt("hidden_size", 1, ConfigLimits.Width);
        int maxPositions = config.Int("max_position_embeddings", 32768, 1, int.MaxValue);
        AttentionDescription attention = ReadAttention(config, hidden, maxPositions);
        FeedForwardDescription[] layers = ReadLayers(config);
        return new ModelDescription
        {
            Family = Name,
            HiddenSize = hidden,
            VocabularySize = config.RequiredInt("vocab_size", 1, ConfigLimits.Vocabulary),
            MaxPositions = maxPositions,
            NormEpsilon = (float)config.Positive("rms_norm_eps", 1e-6),
            TiedEmbeddings = config.Bool("tie_word_embeddings", false),
            Attention = attention,
            Layers = layers,
            EndTokens = config.Ints("eos_token_id", orOne: true),
        };
    }

    /// <inheritdoc/>
    public JsonObject ConfigOf(RandomCheckpointOptions options) => Qwen3MoeConfig.Of(options);

    private static void RefuseWhatIsNotComputed(ConfigReader config)
    {
        if (config.Text("hidden_act", "silu") is not ("silu" or null))
        {
            config.Refuse("hidden_act", "silu");
        }

        if (config.Bool("use_sliding_window", false) && config.Has("sliding_window"))
        {
            config.Refuse("use_sliding_window", "false: attention over a sliding window is not computed for this family");
        }

        if (config.Has("quantization_config"))
        {
            config.Refuse("quantization_config", "absent and null: use the checkpoint with F32, F16 or BF16 weights");
        }
    }

    private static AttentionDescription ReadAttention(ConfigReader config, int hidden, int maxPositions)
    {
        int heads = config.RequiredInt("num_attention_heads", 1, ConfigLimits.Width);
        int kvHeads = config.Int("num_key_value_heads", heads, 1, ConfigLimits.Width);
        if (heads % kvHeads != 0)
        {
            config.Refuse("num_key_value_heads", $"divisors of num_attention_heads, {heads}");
        }

        int headSize = config.Int("head_dim", hidden / heads, 2, ConfigLimits.HeadSize);
        if (headSize is < 2 or > ConfigLimits.HeadSize || headSize % 2 != 0)
        {
            const string Absent = "absent: hidden_size / num_attention_heads, here";
            config.Refuse("head_dim", $"even sizes from 2 to {ConfigLimits.HeadSize} ({Absent} {hidden} / {heads})");
        }

        if ((long)heads * headSize > ConfigLimits.Width)
        {
            config.Refuse("num_attention_heads", $"up to {ConfigLimits.Width} divided by the head size, {headSize}");
        }

        return new AttentionDescription
        {
            Heads = heads,
            KvHeads = kvHeads,
            HeadSize = headSize,
            Scale = (float)Math.Pow(headSize, -0.5),
            Biases = config.Bool("attention_bias", false),
            QueryKeyNorm = true,
            Rope = RopeReader.Read(config, headSize, maxPositions, defaultTheta: 10000),
        };
    }

    private static FeedForwardDescription[] ReadLayers(ConfigReader config)
    {
        int count = config.RequiredInt("num_hidden_layers", 1, ConfigLimits.Layers);
        int experts = config.Int("num_experts", 128, 0, ConfigLimits.Experts);
        int step = config.Int("decoder_sparse_step", 1, 1, ConfigLimits.Layers);
        HashSet<int> denseLayers = [.. config.Ints("mlp_only_layers")];
        bool[] isMoe = new bool[count];
        for (int layer = 0; layer < count; layer++)
        {
            isMoe[layer] = experts > 0 && (layer + 1) % step == 0 && !denseLayers.Contains(layer);
        }

        MoeFeedForward? moe = isMoe.Contains(true) ? ReadMoe(config, experts) : null;
        DenseFeedForward? dense = isMoe.Contains(false)
            ? new DenseFeedForward(config.RequiredInt("intermediate_size", 1, ConfigLimits.Width))
            : null;
        return Array.ConvertAll(isMoe, sparse => sparse ? moe! : (FeedForwardDescription)dense!);
    }

    private static MoeFeedForward ReadMoe(ConfigReader config, int experts) => new()
    {
        Experts = experts,
        TopK = config.Int("num_experts_per_tok", Math.Min(8, experts), 1, Math.Min(experts, ConfigLimits.TopK)),
        FfnSize = config.RequiredInt("moe_intermediate_size", 1, ConfigLimits.Width),
        Gate = config.Bool("norm_topk_prob", false) ? GateKind.SoftmaxNormalized : GateKind.Softmax,
    };
}
