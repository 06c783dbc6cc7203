using System.Globalization;

namespace DaprMoE.Dashboard;

/// <summary>Says everything about one expert of a map.</summary>
internal static class ExpertDetails
{
    /// <summary>One line about the expert in a row and column.</summary>
    public static string Of(ExpertMap map, int row, int expert)
    {
        LayerLoad layer = map.Layers[row];
        List<ReplicaView> replicas = [.. map.Replicas.Where(replica => replica.Layer == layer.Layer && replica.Expert == expert)];
        string load = string.Create(CultureInfo.InvariantCulture, $"L{layer.Layer}.E{expert}: {layer.Tokens[expert]} tokens in the last second, ");
        return load + (replicas.Count == 0
            ? "not resident"
            : $"{Copies(replicas.Count)} of {Quantities.Bytes(replicas[0].Bytes)}: {string.Join(", ", replicas.Select(Describe))}");
    }

    /// <summary>What the whole map shows, for those who don't see it.</summary>
    public static string Summary(ExpertMap map)
    {
        (LayerLoad layer, int expert, long most) = Busiest(map);
        string busiest = most == 0
            ? "no tokens in the last second"
            : string.Create(CultureInfo.InvariantCulture, $"busiest L{layer.Layer}.E{expert} with {most} tokens in the last second");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Heat map of {map.Layers.Count} layers by {map.Experts} experts: {map.Resident} of {map.Total} resident, {map.Extras} extra copies, {busiest}.");
    }

    private static (LayerLoad Layer, int Expert, long Tokens) Busiest(ExpertMap map)
    {
        (LayerLoad Layer, int Expert, long Tokens) best = (map.Layers[0], 0, 0);
        foreach (LayerLoad layer in map.Layers)
        {
            for (int expert = 0; expert < layer.Tokens.Count; expert++)
            {
                if (layer.Tokens[expert] > best.Tokens)
                {
                    best = (layer, expert, layer.Tokens[expert]);
                }
            }
        }

        return best;
    }

    private static string Copies(int count) => count == 1 ? "1 copy" : string.Create(CultureInfo.InvariantCulture, $"{count} copies");

    private static string Describe(ReplicaView replica)
    {
        string held = replica.Pinned ? ", pinned" : replica.Planned ? ", planned" : "";
        return $"{replica.Device} {replica.State}{held}";
    }
}
