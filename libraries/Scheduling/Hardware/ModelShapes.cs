namespace DaprMoE.Scheduling;

/// <summary>The built-in model shapes, in bf16.</summary>
public static class ModelShapes
{
    private static readonly ModelShape[] Known =
    [
        Of("mixtral-8x7b", layers: 32, experts: 8, topK: 2, hidden: 4096, intermediate: 14336, layerParameters: 41_943_040,
            vocabulary: 32000),
        Of("phi-3.5-moe", layers: 32, experts: 16, topK: 2, hidden: 4096, intermediate: 6400, layerParameters: 41_943_040,
            vocabulary: 32064),
        Of("llama-4-scout", layers: 48, experts: 16, topK: 1, hidden: 5120, intermediate: 8192, layerParameters: 188_743_680,
            vocabulary: 202048),

        // Of the size of DeepSeek-V2-Lite and Qwen3-30B-A3B.
        Of("64x6", layers: 26, experts: 64, topK: 6, hidden: 2048, intermediate: 1408, layerParameters: 33_554_432, vocabulary: 102400),
        Of("128x8", layers: 48, experts: 128, topK: 8, hidden: 2048, intermediate: 768, layerParameters: 18_874_368, vocabulary: 151936),
    ];

    /// <summary>Names of the shapes.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(shape => shape.Name)];

    /// <summary>The shape of a name, or null.</summary>
    public static ModelShape? Find(string name) => Array.Find(Known, shape => shape.Name == name);

    private static ModelShape Of(
        string name, int layers, int experts, int topK, int hidden, int intermediate, long layerParameters, int vocabulary)
    {
        const int BytesPerParameter = 2;
        long expertParameters = 3L * hidden * intermediate;
        long embeddings = 2L * vocabulary * hidden;
        return new ModelShape
        {
            Name = name,
            Layers = layers,
            Experts = experts,
            TopK = topK,
            HiddenSize = hidden,
            ExpertParameters = expertParameters,
            ExpertBytes = expertParameters * BytesPerParameter,
            LayerParameters = layerParameters,
            LayerBytes = layerParameters * BytesPerParameter,
            NonExpertBytes = ((layers * layerParameters) + embeddings) * BytesPerParameter,
        };
    }
}
