using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>The sizes of slots, by size class, as <see cref="ResidencyState.SlotSizes"/> numbers them.</summary>
public static class SlotSizes
{
    /// <summary>Pages that memory is taken and given back in: the system's, and at least those of the packed file.</summary>
    public static int PageBytes { get; } = Math.Max(ResidencySettings.DefaultPageBytes, Environment.SystemPageSize);

    /// <summary>Bytes of the slots, ascending, each size once.</summary>
    public static long[] Of(int layers, Func<int, long> expertBytes) =>
        [.. Enumerable.Range(0, layers).Select(layer => Align(expertBytes(layer))).Where(bytes => bytes > 0).Distinct().Order()];

    private static long Align(long bytes) => (bytes + PageBytes - 1) / PageBytes * PageBytes;
}
