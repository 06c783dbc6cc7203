using System.Diagnostics.Metrics;

namespace DaprMoE.Sidecar;

/// <summary>The sidecar's instruments.</summary>
internal sealed class SidecarMetrics : IDisposable
{
    public const string MeterName = "DaprMoE.Sidecar";

    private const string Prefix = "daprmoe_sidecar_";

    private readonly Meter _meter;
    private readonly Counter<long> _received;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _published;
    private readonly Counter<long> _lost;

    public SidecarMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _received = _meter.CreateCounter<long>(Prefix + "events_received_total", description: "Events that were delivered, by topic.");
        _refused = _meter.CreateCounter<long>(
            Prefix + "events_refused_total", description: "Payloads that were dropped because they are no events, by topic.");
        _published = _meter.CreateCounter<long>(Prefix + "events_published_total", description: "Events that the broker took, by topic.");
        _lost = _meter.CreateCounter<long>(
            Prefix + "events_lost_total", description: "Events that could not be published, by topic; readers look at state all the same.");
    }

    public void Received(string topic) => _received.Add(1, Topic(topic));

    public void Refused(string topic) => _refused.Add(1, Topic(topic));

    public void Published(string topic) => _published.Add(1, Topic(topic));

    public void Lost(string topic) => _lost.Add(1, Topic(topic));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Topic(string topic) => new("topic", topic);
}
