namespace DaprMoE.Models;

/// <summary>What the packed file of a checkpoint will be.</summary>
/// <param name="Layout">Where everything will lie.</param>
/// <param name="DataStart">Bytes before the data part.</param>
internal sealed record PackPlan(PackedLayout Layout, long DataStart)
{
    /// <summary>Bytes of the file.</summary>
    public long Length => DataStart + Layout.DataBytes;

    public static PackPlan Of(Checkpoint checkpoint, PackRequest request)
    {
        PackedLayout layout = PackedLayoutPlanner.Plan(
            request.Description, request.Family.Names, (_, source) => checkpoint.Find(source).Type);
        int tableBytes = PackedTable.Of(layout, request.Sources, WeightsHash.Placeholder).ToJson().Length;
        return new PackPlan(layout, PackedHeader.DataStart(tableBytes));
    }
}
