namespace DaprMoE.Scheduling;

/// <summary>
/// Tokens of each replica of a layer, and the buffers that a split rule works in. Reused from layer to layer, so that a split allocates
/// nothing once the buffers have grown; used by one thread at a time.
/// </summary>
public sealed class SplitResult
{
    private int[] _tokens = [];
    private int[] _deviceTokens = [];
    private int[] _work = [];
    private Share[] _choices = [];
    private int _replicas;
    private int _devices;

    /// <summary>Tokens of each replica, in the order of <see cref="LayerPlan.Replicas"/>.</summary>
    public ReadOnlySpan<int> Tokens => _tokens.AsSpan(0, _replicas);

    /// <summary>Tokens of each device.</summary>
    public ReadOnlySpan<int> DeviceTokens => _deviceTokens.AsSpan(0, _devices);

    /// <summary>Tokens of experts that have no replica: cold starts on demand.</summary>
    public long Unserved { get; internal set; }

    /// <summary>Tokens of the busiest device.</summary>
    public int MaxDeviceTokens
    {
        get
        {
            int most = 0;
            foreach (int tokens in DeviceTokens)
            {
                most = Math.Max(most, tokens);
            }

            return most;
        }
    }

    internal Span<int> TokensBuffer => _tokens.AsSpan(0, _replicas);

    internal Span<int> DeviceTokensBuffer => _deviceTokens.AsSpan(0, _devices);

    internal MovableReplicas Movable { get; } = new();

    internal ShiftingPath Path { get; } = new();

    /// <summary>A buffer for the work of each device.</summary>
    internal Span<int> Work(int devices)
    {
        Grow.To(ref _work, devices);
        return _work.AsSpan(0, devices);
    }

    /// <summary>A buffer for experts that have a choice.</summary>
    internal Span<Share> Choices(int experts)
    {
        Grow.To(ref _choices, experts);
        return _choices.AsSpan(0, experts);
    }

    internal void Reset(LayerPlan plan)
    {
        _replicas = plan.Count;
        _devices = plan.Devices;
        Unserved = 0;
        Grow.To(ref _tokens, _replicas);
        Grow.To(ref _deviceTokens, _devices);
        TokensBuffer.Clear();
        DeviceTokensBuffer.Clear();
    }

    internal void CountDevices(LayerPlan plan)
    {
        for (int i = 0; i < _replicas; i++)
        {
            _deviceTokens[plan.Replicas[i].Device] += _tokens[i];
        }
    }
}
