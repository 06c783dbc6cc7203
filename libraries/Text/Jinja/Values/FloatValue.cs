using DaprMoE.Text.Jinja.Formatting;

namespace DaprMoE.Text.Jinja.Values;

internal sealed class FloatValue(double number) : Value
{
    public override string TypeName => "float";

    public override bool IsTrue => Number != 0;

    public double Number { get; } = number;

    public override void WriteRepr(ValueWriter writer) => writer.Write(FloatText.Repr(Number));
}
