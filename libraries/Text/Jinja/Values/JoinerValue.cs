using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Natives;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>Gives nothing at its first call and the separator at each later one.</summary>
internal sealed class JoinerValue(Value separator) : Value
{
    private bool _used;

    public override string TypeName => "Joiner";

    public override bool IsCallable => true;

    public override Value Call(Interpreter interpreter, Arguments arguments)
    {
        Value given = _used ? separator : StringValue.Empty;
        _used = true;
        return given;
    }

    public override void WriteRepr(ValueWriter writer) => writer.Write("<Joiner>");
}
