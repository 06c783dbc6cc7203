using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor.Benchmarks;

/// <summary>
/// Windows of so many requests each, prompts and answers; the prompts of the next window wait in the queue when one closes.
/// </summary>
internal static class PromptWindows
{
    /// <param name="stream">The requests.</param>
    /// <param name="size">Requests of a window.</param>
    /// <param name="table">Makes expectations.</param>
    public static IReadOnlyList<LoadWindow> Cut(IReadOnlyList<RoutedRequest> stream, int size, TokenTable table)
    {
        RoutedRequest[][] parts = [.. stream.Chunk(size).Where(part => part.Length == size)];
        return [.. parts.Select((part, i) => Window(part, i, i + 1 < parts.Length ? parts[i + 1] : [], table))];
    }

    private static LoadWindow Window(RoutedRequest[] requests, int number, RoutedRequest[] queued, TokenTable table)
    {
        float[] loads = new float[RoutedLoads.Shape.Count];
        float[] expected = new float[RoutedLoads.Shape.Count];
        foreach (RoutedRequest request in requests)
        {
            RoutedLoads.Count(request, 0, request.Tokens.Length, loads);
        }

        foreach (RoutedRequest request in queued)
        {
            table.Add(request.Tokens.AsSpan(0, request.PromptTokens), 1, expected);
        }

        int prompts = requests.Sum(request => request.PromptTokens);
        return RoutedLoads.Window(number, loads, prompts, requests.Sum(request => request.Tokens.Length) - prompts, expected);
    }
}
