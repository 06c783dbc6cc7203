namespace DaprMoE.Inference;

/// <summary>
/// Random numbers without state: each is a function of its keys alone, so a draw does not depend on what else runs.
/// The mixing is the finaliser of SplitMix64, applied once per key.
/// </summary>
internal static class CounterRandom
{
    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public static double Unit(ulong seed, int choice, int position) =>
        (Mix(Mix(Mix(seed) + (uint)choice) + (uint)position) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
