namespace DaprMoE.Scheduling;

/// <summary>A layer while its tokens are divided: the replicas, the tokens of each, and the work of each device in tokens.</summary>
internal readonly ref struct DividedLayer
{
    private readonly ReadOnlySpan<PlannedReplica> _replicas;
    private readonly LayerPlan _plan;

    /// <param name="plan">The replicas.</param>
    /// <param name="result">Tokens of each replica, and which may move.</param>
    /// <param name="loads">Work of each device.</param>
    /// <param name="floor">Work below which a replica that is woken does not fall; 0 when work is tokens.</param>
    public DividedLayer(LayerPlan plan, SplitResult result, Span<int> loads, int floor)
    {
        _plan = plan;
        _replicas = plan.Replicas;
        Movable = result.Movable;
        Parts = result.TokensBuffer;
        Loads = loads;
        Floor = floor;
    }

    public MovableReplicas Movable { get; }

    public Span<int> Parts { get; }

    public Span<int> Loads { get; }

    public int Floor { get; }

    public int DeviceOf(int position) => _replicas[position].Device;

    /// <summary>Positions of all replicas of the expert that a replica belongs to.</summary>
    public (int First, int End) Copies(int position)
    {
        int expert = _replicas[position].Expert;
        int first = _plan.FirstOf(expert);
        return (first, first + _plan.CountOf(expert));
    }

    public DevicePair Pair(int from, int to) => new(Loads[DeviceOf(from)], Loads[DeviceOf(to)], Parts[from], Parts[to], Floor);

    public void Move(TokenMove move)
    {
        AddTokens(move.From, -move.Tokens);
        AddTokens(move.To, move.Tokens);
    }

    private void AddTokens(int position, int tokens)
    {
        ref int load = ref Loads[DeviceOf(position)];
        load -= WholeExperts.Work(Parts[position], Floor);
        Parts[position] += tokens;
        load += WholeExperts.Work(Parts[position], Floor);
    }
}
