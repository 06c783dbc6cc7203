using CsCheck;

namespace DaprMoE.Ports.Tests;

internal static class LoadWindowGen
{
    public static readonly Gen<LoadWindow> Window =
        from shape in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 5], (layers, experts) => new LayerShape(layers, experts))
        from loads in Gen.Int[0, int.MaxValue].Array[shape.Count]
        from expected in Gen.Float[0, 1].Array[shape.Count]
        from withExpected in Gen.Bool
        from sample in Gen.Int[0, 1000].Array[shape.Count]
        from version in Gen.Long[1, long.MaxValue]
        from counts in Gen.Int[0, int.MaxValue].Array[3]
        select new LoadWindow
        {
            Model = "tiny-moe",
            Version = version,
            Shape = shape,
            ClosedAt = version,
            Iterations = counts[0],
            PromptTokens = counts[1],
            DecodeTokens = counts[2],
            Loads = loads,
            Expected = withExpected ? expected : [],
            Samples = [new LoadSample(3, sample)],
        };

    public static LoadWindow Of(long version) => new()
    {
        Model = "tiny-moe",
        Version = version,
        Shape = new LayerShape(1, 2),
        ClosedAt = 1000 * version,
        Iterations = 1,
        PromptTokens = 0,
        DecodeTokens = 3,
        Loads = [1, 2],
    };
}
