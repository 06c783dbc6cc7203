using DaprMoE.Models;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>What one copy of a model takes, as bills count it.</summary>
/// <param name="Layers">Experts of each layer and the bytes of one; no experts in a dense one.</param>
/// <param name="NonExpertBytes">Bytes of everything that is no expert: attention, gates, embeddings, head.</param>
/// <param name="MemoryKind">The kind of memory that experts are in.</param>
internal sealed record BilledModel(IReadOnlyList<LayerExperts> Layers, long NonExpertBytes, string MemoryKind = BillOptions.Cpu)
{
    /// <summary>Nothing, for a model without experts.</summary>
    public static BilledModel None { get; } = new([], 0);

    /// <summary>The kind of memory of a device, or of a backend that names its device: <c>cpu</c>, <c>cuda:N</c>.</summary>
    public static string KindOf(string device) => device.Contains("cuda", StringComparison.Ordinal) ? BillOptions.Gpu : BillOptions.Cpu;

    /// <summary>Of a packed model whose experts take these bytes on their devices.</summary>
    public static BilledModel Of(PackedModel model, Func<int, long> expertBytes, string memoryKind = BillOptions.Cpu)
    {
        IReadOnlyList<int> counts = ExpertCounts.Of(model.Description);
        long packed = counts.Select((experts, layer) => experts == 0 ? 0 : experts * model.ExpertBytes(layer)).Sum();
        return new BilledModel(
            [.. counts.Select((experts, layer) => new LayerExperts(experts, experts == 0 ? 0 : expertBytes(layer)))],
            model.ByteLength - packed,
            memoryKind);
    }
}
