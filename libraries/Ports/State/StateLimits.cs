namespace DaprMoE.Ports;

/// <summary>Bounds that every state store keeps, so that what works embedded works on a broker.</summary>
public static class StateLimits
{
    /// <summary>Largest document: 16 MiB. A broker that takes less at once is given it in pieces.</summary>
    public const int MaxValueBytes = 16 << 20;

    /// <summary>Refuses what no store takes.</summary>
    /// <exception cref="ArgumentException">The key is none of <see cref="StateKeys"/>' form, or the value is too large.</exception>
    public static void Require(string key, int valueBytes = 0)
    {
        if (!StateKeys.IsKey(key))
        {
            throw new ArgumentException(
                $"'{key}' is no key of state; a key is made of names joined by '/', each of 1 … {StateKeys.MaxNameLength} letters, digits, "
                + "'-', '_' or '.'.",
                nameof(key));
        }

        if (valueBytes > MaxValueBytes)
        {
            throw new ArgumentException(
                $"The value of '{key}' has {valueBytes} bytes; a state store takes at most {MaxValueBytes}. Split it.", nameof(valueBytes));
        }
    }
}
