namespace DaprMoE.Ports;

/// <summary>Bounds that every object store keeps.</summary>
public static class ObjectLimits
{
    /// <summary>Largest object: 64 MiB, a layer's rows of 2048 tokens at a hidden size of 8192.</summary>
    public const int MaxObjectBytes = 64 << 20;

    /// <summary>How long an object is kept at most, unless told otherwise: 10 minutes.</summary>
    public static TimeSpan TimeToLive { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Refuses what no store takes.</summary>
    /// <exception cref="ArgumentException">
    /// The name has another form than <see cref="StateKeys.IsKey"/> asks for, or the object is too large.
    /// </exception>
    public static void Require(string name, int bytes = 0)
    {
        if (!StateKeys.IsKey(name))
        {
            throw new ArgumentException(
                $"'{name}' can't name an object; give names joined by '/', each of 1 … {StateKeys.MaxNameLength} letters, digits, '-', '_' "
                + "or '.'.",
                nameof(name));
        }

        if (bytes > MaxObjectBytes)
        {
            throw new ArgumentException(
                $"Object '{name}' has {bytes} bytes; an object store takes at most {MaxObjectBytes}. Split it.", nameof(bytes));
        }
    }
}
