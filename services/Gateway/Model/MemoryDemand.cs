using System.Globalization;

namespace DaprMoE.Gateway;

/// <summary>What a model takes of the machine's memory.</summary>
/// <param name="WeightBytes">The packed file, all of which is read sooner or later.</param>
/// <param name="KvBytes">Keys and values, when all blocks are used.</param>
/// <param name="WorkspaceBytes">What iterations write.</param>
internal readonly record struct MemoryDemand(long WeightBytes, long KvBytes, long WorkspaceBytes)
{
    private long TotalBytes => WeightBytes + KvBytes + WorkspaceBytes;

    /// <summary>Throws when it is more than there is, before anything is packed or allocated.</summary>
    /// <param name="availableBytes">What the process may use.</param>
    /// <exception cref="InsufficientMemoryException">It does not fit; has all numbers.</exception>
    public void RequireFits(long availableBytes)
    {
        if (TotalBytes > availableBytes)
        {
            throw new InsufficientMemoryException(
                $"the model takes {Gigabytes(TotalBytes)} (weights {Gigabytes(WeightBytes)}, KV cache {Gigabytes(KvBytes)}, "
                + $"workspaces {Gigabytes(WorkspaceBytes)}), but this process may use {Gigabytes(availableBytes)}. "
                + "Ask for a shorter context or fewer rows at a time, or take a smaller model or a larger machine.");
        }
    }

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB");
}
