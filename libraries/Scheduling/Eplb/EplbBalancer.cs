namespace DaprMoE.Scheduling;

/// <summary>
/// DeepSeek's EPLB, the same steps as its <c>rebalance_experts</c>: groups of experts to nodes, copies within each node, copies to devices.
/// With one node that is its global policy.
/// </summary>
public static class EplbBalancer
{
    /// <summary>Plans one layer.</summary>
    /// <param name="loads">Tokens of each expert.</param>
    /// <param name="shape">Replicas, groups, nodes, devices.</param>
    /// <exception cref="SchedulingException">Bad loads, or numbers that do not divide; the message holds them.</exception>
    public static EplbLayer Rebalance(ReadOnlySpan<double> loads, EplbShape shape)
    {
        EplbShape resolved = shape.Resolve(loads.Length);
        Check.Loads(loads);
        int[] members = ByNode(loads, resolved);
        EplbLayer layer = new(new int[resolved.Replicas], new int[resolved.Replicas], new int[loads.Length]);
        int experts = loads.Length / resolved.Nodes;
        for (int node = 0; node < resolved.Nodes; node++)
        {
            BalanceNode(node, loads, members.AsSpan(node * experts, experts), resolved, layer);
        }

        return layer;
    }

    /// <summary>The experts in order of their nodes: groups are packed by weight, a group's experts stay together.</summary>
    private static int[] ByNode(ReadOnlySpan<double> loads, EplbShape shape)
    {
        int size = loads.Length / shape.Groups;
        int perNode = shape.Groups / shape.Nodes;
        double[] weights = new double[shape.Groups];
        for (int e = 0; e < loads.Length; e++)
        {
            weights[e / size] += loads[e];
        }

        (int[] node, int[] rank) = BalancedPacking.Pack(weights, shape.Nodes);
        int[] members = new int[loads.Length];
        for (int e = 0; e < loads.Length; e++)
        {
            int group = e / size;
            members[(((node[group] * perNode) + rank[group]) * size) + (e % size)] = e;
        }

        return members;
    }

    private static void BalanceNode(int node, ReadOnlySpan<double> loads, ReadOnlySpan<int> members, EplbShape shape, EplbLayer layer)
    {
        double[] own = new double[members.Length];
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = loads[members[i]];
        }

        int replicas = shape.Replicas / shape.Nodes;
        (int[] expert, int[] rank, int[] count) = Replication.Replicate(own, replicas);
        double[] shares = Array.ConvertAll(expert, e => own[e] / count[e]);
        (int[] device, int[] place) = BalancedPacking.Pack(shares, shape.Devices / shape.Nodes);
        int slots = shape.Replicas / shape.Devices;
        for (int i = 0; i < replicas; i++)
        {
            int slot = (node * replicas) + (device[i] * slots) + place[i];
            layer.ExpertOf[slot] = members[expert[i]];
            layer.RankOf[slot] = rank[i];
        }

        for (int i = 0; i < own.Length; i++)
        {
            layer.CountOf[members[i]] = count[i];
        }
    }
}
