using System.Diagnostics.Metrics;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>The bill's meters as counters, by policy, beside static placement (<c>placement</c>).</summary>
internal sealed class BillInstruments
{
    private static readonly KeyValuePair<string, object?> Actual = new("placement", "actual");
    private static readonly KeyValuePair<string, object?> Static = new("placement", "static");

    private readonly Func<ServedModel?> _model;

    public BillInstruments(Meter meter, Func<ServedModel?> model)
    {
        _model = model;
        Observe(meter, "bill_active_gb_seconds_total", "Memory x time of a layer's replicas while the layer ran.", sums => sums.ActiveGbSeconds);
        Observe(meter, "bill_residency_gb_seconds_total", "Memory x time of all that is held.", sums => sums.ResidencyGbSeconds);
        Observe(meter, "bill_money_usd_total", "Price of that memory and of calls.", sums => sums.Money);
        Observe(meter, "bill_calls_total", "Calls of experts.", sums => sums.Calls);
    }

    private void Observe(Meter meter, string name, string description, Func<BillSums, double> read) =>
        meter.CreateObservableCounter(AnswerInstruments.Prefix + name, () => Read(read), description: description);

    private IEnumerable<Measurement<double>> Read(Func<BillSums, double> read)
    {
        if (_model() is not { } model)
        {
            yield break;
        }

        KeyValuePair<string, object?> tag = AnswerInstruments.ModelTag(model);
        foreach ((string policy, Compared<BillSums> sums) in model.Bill.Sums())
        {
            KeyValuePair<string, object?> decides = new("policy", policy);
            yield return new Measurement<double>(read(sums.Actual), tag, decides, Actual);
            yield return new Measurement<double>(read(sums.Static), tag, decides, Static);
        }
    }
}
