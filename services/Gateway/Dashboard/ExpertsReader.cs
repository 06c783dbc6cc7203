using DaprMoE.Dashboard;

namespace DaprMoE.Gateway;

/// <summary>Reads a model's experts and devices for the dashboard.</summary>
internal sealed class ExpertsReader
{
    private readonly ServedModel _model;
    private readonly RecentDispatch _recent;

    /// <summary>Begins to count.</summary>
    public ExpertsReader(ServedModel model, TimeProvider clock)
    {
        _model = model;
        _recent = new RecentDispatch(model.ExpertsPerLayer, clock);
        model.Events.Watch(_recent);
    }

    /// <summary>What there is now.</summary>
    public async ValueTask<(Part<ExpertMap> Map, Part<DevicesView> Devices)> ReadAsync(CancellationToken cancellationToken)
    {
        ExpertInventory inventory = await _model.Experts.ReadAsync(cancellationToken);
        DispatchRates rates = _recent.Read();
        DeviceView[] devices = [.. inventory.Devices.Select((device, number) => Device(device, number, rates))];
        return (Map(inventory, rates), Part.Of(new DevicesView(devices, rates.Variation, rates.MaxOverMean)));
    }

    private Part<ExpertMap> Map(ExpertInventory inventory, DispatchRates rates)
    {
        LayerLoad[] layers = [.. rates.Tokens.Select((tokens, layer) => new LayerLoad(layer, tokens)).Where(layer => layer.Tokens.Count > 0)];
        return layers.Length == 0
            ? Part.Missing<ExpertMap>($"{_model.Id} has no experts.")
            : Part.Of(new ExpertMap(layers, [.. inventory.Data.Select(Replica)]));
    }

    private static ReplicaView Replica(ExpertInstance instance) => new(
        instance.Layer, instance.Expert, instance.Replica, instance.Device, instance.State, instance.Bytes, instance.Planned, instance.Pinned);

    private static DeviceView Device(DeviceInventory device, int number, DispatchRates rates) => new(
        device.Name, device.Backend, device.Alive, device.BudgetBytes, device.ResidentBytes, device.LoadingBytes,
        rates.DeviceRows.ElementAtOrDefault(number));
}
