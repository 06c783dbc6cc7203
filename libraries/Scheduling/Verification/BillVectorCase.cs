using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>One case of the bill's vectors: lists that are fed to a meter in order of time, list order for equal times.</summary>
/// <param name="input">The case's input.</param>
internal sealed class BillVectorCase(JsonElement input)
{
    private static readonly string[] EventNames = ["load", "warm", "evict"];

    private readonly List<(long TimeUs, Action<BillMeter> Feed)> _steps = [];

    public Bill Bill()
    {
        BillWindow window = new(Long(input, "start"), Long(input, "end"));
        JsonElement prices = input.GetProperty("prices");
        BillMeter meter = new(
            new BillScope("", ""),
            window,
            new BillPrices(
                prices.EnumerateObject().Select(price => KeyValuePair.Create(price.Name, price.Value.GetDouble())),
                input.GetProperty("call_price").GetDouble()),
            new NonExpertMemory(Long(input, "misc_bytes"), input.GetProperty("misc_kind").GetString()!));
        AddSteps();
        foreach ((_, Action<BillMeter> feed) in _steps.OrderBy(step => step.TimeUs))
        {
            feed(meter);
        }

        return meter.Snapshot(Math.Max(window.EndUs, _steps.Select(step => step.TimeUs).DefaultIfEmpty(window.EndUs).Max()));
    }

    private static long Long(JsonElement from, string name) => from.GetProperty(name).GetInt64();

    private static ReplicaMemoryEvent Event(JsonElement item)
    {
        string name = item.GetProperty("replica").GetString()!;
        ExpertId expert = new(item.GetProperty("layer").GetInt32(), item.GetProperty("expert").GetInt32());
        int copy = int.Parse(name.AsSpan(name.LastIndexOf('R') + 1), System.Globalization.CultureInfo.InvariantCulture);
        return new ReplicaMemoryEvent(
            Long(item, "t"),
            (MemoryEvent)Array.IndexOf(EventNames, item.GetProperty("event").GetString()),
            new ReplicaId(expert, copy),
            item.GetProperty("device").GetInt32(),
            item.GetProperty("kind").GetString()!,
            Long(item, "bytes"));
    }

    private void AddSteps()
    {
        foreach (JsonElement item in input.GetProperty("events").EnumerateArray())
        {
            ReplicaMemoryEvent change = Event(item);
            _steps.Add((change.TimeUs, meter => meter.Record(in change)));
        }

        foreach (JsonElement item in input.GetProperty("runs").EnumerateArray())
        {
            AddRun(item);
        }

        foreach (JsonElement item in input.GetProperty("calls").EnumerateArray())
        {
            (long timeUs, string request) = (Long(item, "t"), item.GetProperty("request").GetString()!);
            _steps.Add((timeUs, meter => meter.RecordCall(timeUs, request)));
        }
    }

    private void AddRun(JsonElement item)
    {
        RequestTokens[] tokens = [.. item.GetProperty("tokens").EnumerateObject()
            .Select(part => new RequestTokens(part.Name, part.Value.GetInt32()))];
        (int layer, long start, long end) = (item.GetProperty("layer").GetInt32(), Long(item, "start"), Long(item, "end"));
        LayerRun run = default;
        _steps.Add((start, meter => run = meter.BeginRun(start, layer, tokens)));
        _steps.Add((end, meter => meter.EndRun(end, run)));
    }
}
