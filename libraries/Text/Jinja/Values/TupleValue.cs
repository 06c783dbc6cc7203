using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Methods;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>A tuple; <paramref name="names"/> make its items attributes, as those of a group.</summary>
internal sealed class TupleValue(IReadOnlyList<Value> items, IReadOnlyList<string>? names = null) : SequenceValue(items)
{
    public override string TypeName => "tuple";

    public override Value? Attribute(string name)
    {
        int named = names is null ? -1 : names.ToList().IndexOf(name);
        return named >= 0 ? Items[named] : SequenceMethods.Tuple.Bind(this, name);
    }

    public override SequenceValue With(IReadOnlyList<Value> items) => new TupleValue(items);

    public override void WriteRepr(ValueWriter writer) => WriteItems(writer, "(", Items.Count == 1 ? ",)" : ")");
}
