using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Methods;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>Gives its items in turn, for ever.</summary>
internal sealed class CyclerValue(IReadOnlyList<Value> items) : Value
{
    private int _at;

    public override string TypeName => "Cycler";

    public Value Current => items[_at];

    public Value Next()
    {
        Value current = Current;
        _at = (_at + 1) % items.Count;
        return current;
    }

    public void Reset() => _at = 0;

    public override Value? Attribute(string name) => name == "current" ? Current : LoopMethods.Cycler.Bind(this, name);

    public override void WriteRepr(ValueWriter writer) => writer.Write("<Cycler>");
}
