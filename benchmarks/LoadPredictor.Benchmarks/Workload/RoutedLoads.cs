using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor.Benchmarks;

/// <summary>Windows of load and expectations from recorded requests.</summary>
internal static class RoutedLoads
{
    public static readonly LayerShape Shape = new(RoutedRequestFile.Layers, RoutedRequestFile.Experts);

    public static LoadWindow Window(int number, float[] loads, int promptTokens, int decodeTokens, float[] expected) =>
        Window(number, [.. loads.Select(load => (int)load)], Shape, expected) with
        {
            PromptTokens = promptTokens,
            DecodeTokens = decodeTokens,
        };

    /// <summary>A window of any model, of decode tokens.</summary>
    public static LoadWindow Window(int number, int[] loads, LayerShape shape, float[] expected) => new()
    {
        Version = number + 1,
        Model = "tiny-moe",
        Shape = shape,
        ClosedAt = number,
        Iterations = 1,
        PromptTokens = 0,
        DecodeTokens = 1000,
        Loads = loads,
        Expected = expected,
    };

    /// <summary>Adds the loads of a request's tokens [from, to).</summary>
    public static void Count(RoutedRequest request, int from, int to, float[] loads)
    {
        for (int token = from; token < to; token++)
        {
            request.CountToken(token, loads);
        }
    }
}
