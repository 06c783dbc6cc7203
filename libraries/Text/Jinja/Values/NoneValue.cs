using DaprMoE.Text.Jinja.Formatting;

namespace DaprMoE.Text.Jinja.Values;

internal sealed class NoneValue : Value
{
    public static readonly NoneValue Instance = new();

    private NoneValue()
    {
    }

    public override string TypeName => "NoneType";

    public override bool IsTrue => false;

    public override void WriteRepr(ValueWriter writer) => writer.Write("None");
}
