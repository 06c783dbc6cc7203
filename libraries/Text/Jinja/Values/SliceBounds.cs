using System.Numerics;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>The three parts of <c>[start:stop:step]</c>; null where none is written.</summary>
internal sealed record SliceBounds(BigInteger? Start, BigInteger? Stop, BigInteger? Step)
{
    /// <summary>First index, distance and number of the chosen items of a sequence.</summary>
    public (int Start, int Step, int Count) Resolve(int length)
    {
        BigInteger step = Step ?? BigInteger.One;
        if (step.IsZero)
        {
            throw new JinjaException("slice step cannot be zero");
        }

        bool back = step.Sign < 0;
        BigInteger low = back ? -1 : 0;
        BigInteger high = back ? length - 1 : length;
        BigInteger start = Clamp(Start, back ? high : low, low, high, length);
        BigInteger stop = Clamp(Stop, back ? low : high, low, high, length);
        BigInteger distance = back ? start - stop : stop - start;
        if (distance.Sign <= 0)
        {
            return ((int)BigInteger.Max(start, 0), 1, 0);
        }

        BigInteger count = ((distance - 1) / BigInteger.Abs(step)) + 1;
        return ((int)start, count.IsOne ? 1 : (int)step, (int)count);
    }

    private static BigInteger Clamp(BigInteger? given, BigInteger absent, BigInteger low, BigInteger high, int length)
    {
        if (given is not { } value)
        {
            return absent;
        }

        return BigInteger.Clamp(value.Sign < 0 ? value + length : value, low, high);
    }
}
