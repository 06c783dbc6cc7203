using System.Diagnostics.Metrics;
using DaprMoE.Dispatch;
using DaprMoE.Inference;

namespace DaprMoE.Gateway;

/// <summary>
/// The gateway's instruments. Names and meanings follow vLLM's, so that dashboards need a new prefix only. What the engine counts is
/// read from its snapshot when somebody asks; what only the gateway sees is recorded by <see cref="AnswerMeter"/>.
/// </summary>
internal sealed class GatewayMetrics : IDisposable
{
    public const string MeterName = "DaprMoE.Gateway";

    private readonly Meter _meter;
    private readonly ModelHost _host;
    private readonly TimeProvider _clock;
    private readonly AnswerInstruments _instruments;

    public GatewayMetrics(IMeterFactory factory, ModelHost host, TimeProvider clock)
    {
        _host = host;
        _clock = clock;
        _meter = factory.Create(MeterName);
        _instruments = new(_meter);
        host.Opened += new ExpertInstruments(_meter).Watch;
        host.Opened += new LoopInstruments(_meter).Watch;
        ObserveEngine();
        ObserveDevices();
        _ = new BillInstruments(_meter, () => host.Current);
        ObserveLoop();
    }

    /// <summary>Begins the record of a request.</summary>
    public AnswerMeter Begin(PreparedRequest request) => new(_instruments, _clock, request);

    public void Dispose() => _meter.Dispose();

    private void ObserveEngine()
    {
        Gauge("num_requests_running", s => s.Running, "Sequences in the batch.");
        Gauge("num_requests_waiting", s => s.Waiting, "Sequences that wait for a place in the batch.");
        Gauge("kv_cache_usage_perc", s => s.KvBlocksTotal == 0 ? 0 : (double)s.KvBlocksUsed / s.KvBlocksTotal,
            "Share of the KV cache's blocks that are held, 0 to 1.");
        Counter("prompt_tokens_total", s => s.PromptTokens, "Prompt tokens computed.");
        Counter("generation_tokens_total", s => s.GeneratedTokens, "Tokens generated.");
        Counter("iterations_total", s => s.Iterations, "Iterations of the batch.");
        Counter("num_preemptions_total", s => s.Preemptions, "Sequences put back into the queue because KV blocks were short.");
    }

    private void ObserveDevices()
    {
        DeviceGauge("expert_resident_bytes", device => device.ResidentBytes, "Bytes of the experts that a device holds.");
        DeviceGauge("expert_reserved_bytes", device => device.ReservedBytes, "Those, and bytes of free slots that keep their pages.");
        DeviceGauge("device_alive", device => device.Alive ? 1 : 0, "1 while a device can be called.");
    }

    private void ObserveLoop()
    {
        LoopGauge("expert_replicas", loop => loop.Replicas.Count, "Replicas that hold memory, on all devices.");
        LoopGauge("plan_version", loop => loop.PlanVersion, "Version of the slow loop's plan that is followed.");
        _meter.CreateObservableGauge(
            AnswerInstruments.Prefix + "policy_in_force",
            () => Read(model => 1L, model => [new KeyValuePair<string, object?>("policy", model.Loop!.Policy)]),
            description: "1, with the name of the policy in force.");
    }

    private void LoopGauge(string name, Func<FastLoop, long> read, string description) =>
        _meter.CreateObservableGauge(AnswerInstruments.Prefix + name, () => Read(model => read(model.Loop!), _ => []), description: description);

    /// <summary>Without a loop there is nothing to say, which is not the same as zero.</summary>
    private IEnumerable<Measurement<long>> Read(Func<ServedModel, long> read, Func<ServedModel, KeyValuePair<string, object?>[]> tags) =>
        _host.Current is { Loop: not null } model
            ? [new Measurement<long>(read(model), [AnswerInstruments.ModelTag(model), .. tags(model)])]
            : [];

    private void DeviceGauge(string name, Func<DeviceInventory, long> read, string description) =>
        _meter.CreateObservableGauge(AnswerInstruments.Prefix + name, () => ReadDevices(read), description: description);

    private IEnumerable<Measurement<long>> ReadDevices(Func<DeviceInventory, long> read) =>
        _host.Current is { } model
            ? model.Experts.Devices().Select(device => new Measurement<long>(
                read(device), AnswerInstruments.ModelTag(model), new KeyValuePair<string, object?>("device", device.Name)))
            : [];

    private void Gauge(string name, Func<EngineSnapshot, double> read, string description) =>
        _meter.CreateObservableGauge(AnswerInstruments.Prefix + name, () => Read(read), description: description);

    private void Counter(string name, Func<EngineSnapshot, long> read, string description) =>
        _meter.CreateObservableCounter(AnswerInstruments.Prefix + name, () => Read(read), description: description);

    // Without a model there is nothing to say, which is not the same as zero.
    private IEnumerable<Measurement<T>> Read<T>(Func<EngineSnapshot, T> read)
        where T : struct =>
        _host.Current is { } model
            ? [new Measurement<T>(read(model.Engine.Snapshot()), AnswerInstruments.ModelTag(model))]
            : [];
}
