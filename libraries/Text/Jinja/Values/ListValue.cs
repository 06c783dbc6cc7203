using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Methods;

namespace DaprMoE.Text.Jinja.Values;

internal sealed class ListValue(IReadOnlyList<Value> items) : SequenceValue(items)
{
    public override string TypeName => "list";

    public override Value? Attribute(string name) => SequenceMethods.List.Bind(this, name);

    public override SequenceValue With(IReadOnlyList<Value> items) => new ListValue(items);

    public override void WriteRepr(ValueWriter writer) => WriteItems(writer, "[", "]");
}
