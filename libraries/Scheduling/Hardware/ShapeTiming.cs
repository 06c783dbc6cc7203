namespace DaprMoE.Scheduling;

/// <summary>What the parts of a layer cost on a testbed.</summary>
/// <param name="Replica">Time of a replica.</param>
/// <param name="SecondsPerTokenMoved">Time to move one token to or from a device (beta), s.</param>
/// <param name="LoadSeconds">Time to load one replica over a device's host link, s.</param>
public sealed record ShapeTiming(TimeModel Replica, double SecondsPerTokenMoved, double LoadSeconds)
{
    private const int BytesPerValue = 2;
    private const int FlopsPerParameter = 2;

    private double _layerReadSeconds;
    private double _layerSecondsPerToken;

    /// <summary>The costs of a shape on a testbed.</summary>
    public static ShapeTiming Of(ModelShape shape, Testbed testbed, TimeShape time)
    {
        TimeModel replica = new(
            time,
            FlopsPerParameter * shape.ExpertParameters / testbed.Flops,
            shape.ExpertBytes / testbed.MemoryBandwidth,
            testbed.CallSeconds);
        return new ShapeTiming(
            replica, BytesPerValue * shape.HiddenSize / testbed.LinkBandwidth, shape.ExpertBytes / testbed.HostLinkBandwidth)
        {
            _layerReadSeconds = shape.LayerBytes / testbed.MemoryBandwidth,
            _layerSecondsPerToken = FlopsPerParameter * shape.LayerParameters / testbed.Flops / testbed.Devices,
        };
    }

    /// <summary>Time of a layer outside its routed experts, s: each device computes its share of the tokens (data parallel).</summary>
    public double NonExpert(int tokens) => tokens > 0 ? Math.Max(_layerReadSeconds, _layerSecondsPerToken * tokens) : 0;
}
