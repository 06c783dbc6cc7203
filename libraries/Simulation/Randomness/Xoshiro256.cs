using System.Numerics;

namespace DaprMoE.Simulation;

/// <summary>The generator xoshiro256**, seeded by four outputs of splitmix64: the same numbers on every machine.</summary>
internal sealed class Xoshiro256
{
    private const double TwoToMinus53 = 1.0 / (1L << 53);

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    public Xoshiro256(ulong seed)
    {
        _s0 = SplitMix64(ref seed);
        _s1 = SplitMix64(ref seed);
        _s2 = SplitMix64(ref seed);
        _s3 = SplitMix64(ref seed);
    }

    /// <summary>The 256 bits of state, in the order they were seeded.</summary>
    public (ulong S0, ulong S1, ulong S2, ulong S3) State => (_s0, _s1, _s2, _s3);

    /// <summary>A generator for one purpose of a run, independent of the run's other purposes.</summary>
    public static Xoshiro256 ForStream(ulong seed, RandomStream stream)
    {
        ulong mixed = seed ^ ((ulong)stream << 32);
        return new Xoshiro256(SplitMix64(ref mixed));
    }

    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number in 0 … bound − 1 from one draw, without rejection.</summary>
    public ulong Below(ulong bound) => Math.BigMul(Next(), bound, out _);

    /// <summary>True with the given probability; always one draw.</summary>
    public bool Chance(double probability) => Next() >> 11 < (ulong)Math.Floor(probability * (1L << 53));

    /// <summary>A real number in [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * TwoToMinus53;

    /// <summary>Puts the items into a random order (Fisher–Yates, from the top).</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = (int)Below((ulong)i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix64(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
