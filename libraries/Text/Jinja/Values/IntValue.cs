using System.Globalization;
using System.Numerics;
using DaprMoE.Text.Jinja.Formatting;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>An integer of bounded size: Python, too, refuses to print more than 4300 digits.</summary>
internal sealed class IntValue : Value
{
    /// <summary>Bits of the largest magnitude, about 4300 decimal digits.</summary>
    public const int MaxBits = 14_284;

    private IntValue(BigInteger value) => Number = value;

    public override string TypeName => "int";

    public override bool IsTrue => !Number.IsZero;

    public BigInteger Number { get; }

    public static IntValue Of(BigInteger value)
    {
        RefuseBits(value.GetBitLength());
        return new IntValue(value);
    }

    public static void RefuseBits(double bits)
    {
        if (bits > MaxBits)
        {
            throw new JinjaException($"an integer is larger than the limit of {MaxBits} bits");
        }
    }

    public override void WriteRepr(ValueWriter writer) => writer.Write(Number.ToString(CultureInfo.InvariantCulture));
}
