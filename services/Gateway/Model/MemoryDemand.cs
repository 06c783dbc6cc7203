using System.Globalization;

namespace DaprMoE.Gateway;

/// <summary>What a model takes of the machine's memory.</summary>
/// <param name="WeightBytes">The packed file, all of which is read sooner or later.</param>
/// <param name="KvBytes">Keys and values, when all blocks are used.</param>
internal readonly record struct MemoryDemand(long WeightBytes, long KvBytes)
{
    /// <summary>Throws when it is more than there is, before anything is allocated.</summary>
    /// <param name="availableBytes">What the process may use.</param>
    /// <exception cref="InsufficientMemoryException">It does not fit; has all numbers.</exception>
    public void RequireFits(long availableBytes)
    {
        if (WeightBytes + KvBytes > availableBytes)
        {
            throw new InsufficientMemoryException(
                $"the model takes {Gigabytes(WeightBytes + KvBytes)} (weights {Gigabytes(WeightBytes)}, KV cache {Gigabytes(KvBytes)}), "
                + $"but this process may use {Gigabytes(availableBytes)}. Ask for a shorter context, or take a smaller model or a larger machine.");
        }
    }

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB");
}
