using DaprMoE.Text.Jinja.Formatting;

namespace DaprMoE.Text.Jinja.Values;

internal sealed class BoolValue : Value
{
    public static readonly BoolValue True = new(true);
    public static readonly BoolValue False = new(false);

    private BoolValue(bool value) => IsTrue = value;

    public override string TypeName => "bool";

    public override bool IsTrue { get; }

    public static BoolValue Of(bool value) => value ? True : False;

    public override void WriteRepr(ValueWriter writer) => writer.Write(IsTrue ? "True" : "False");
}
