using System.Globalization;
using DaprMoE.Gateway;

namespace DaprMoE.Cli;

/// <summary>What <c>ps</c> prints.</summary>
internal static class PsTables
{
    public static Table Devices(ExpertInventory inventory)
    {
        Table table = new(
            new("device"), new("backend"), new("state"), new("budget", IsNumber: true), new("resident", IsNumber: true),
            new("loading", IsNumber: true), new("experts", IsNumber: true));
        foreach (DeviceInventory device in inventory.Devices)
        {
            table.Add(
                device.Name,
                device.Backend,
                device.Alive ? new Cell("alive", Tone.Good) : new Cell("lost", Tone.Bad),
                device.BudgetBytes is { } budget ? Quantity.Bytes(budget) : "-",
                Quantity.Bytes(device.ResidentBytes),
                Quantity.Bytes(device.LoadingBytes),
                Number(inventory.Data.Count(instance => instance.Device == device.Name)));
        }

        return table;
    }

    /// <summary>A row for each expert that is somewhere.</summary>
    public static Table Experts(ExpertInventory inventory)
    {
        Table table = new(
            new("expert"), new("device"), new("state"), new("replicas", IsNumber: true), new("load", IsNumber: true), new("until"));
        foreach (IGrouping<(int Layer, int Expert), ExpertInstance> expert in inventory.Data.GroupBy(one => (one.Layer, one.Expert)))
        {
            table.Add(
                $"L{expert.Key.Layer}.E{expert.Key.Expert}",
                Joined(expert, one => one.Device),
                Joined(expert, one => one.State),
                Number(expert.Count()),
                Number(expert.First().Load),
                Joined(expert, Until));
        }

        return table;
    }

    /// <summary>What ends a replica's stay.</summary>
    private static string Until(ExpertInstance instance) => instance switch
    {
        { Pinned: true } => "pinned",
        { Planned: true } => "plan",
        { IdleLeftSeconds: { } left } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, left):0} s idle"),
        { Calls: > 0 } => "in use",
        _ => "pressure",
    };

    private static string Joined(IEnumerable<ExpertInstance> instances, Func<ExpertInstance, string> field) =>
        string.Join(", ", instances.Select(field).Distinct());

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
