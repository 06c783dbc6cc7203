using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>The one value whose attributes <c>set</c> can change.</summary>
internal sealed class NamespaceValue(DictValue attributes) : Value
{
    public override string TypeName => "Namespace";

    public override bool IsTrue => true;

    public void Set(string name, Value value) => attributes.Put(new StringValue(name), value);

    public override Value? Attribute(string name) => attributes.Find(new StringValue(name));

    public override Value? Item(Value key, Meter meter) => attributes.Item(key, meter);

    public override void WriteRepr(ValueWriter writer)
    {
        writer.Write("<Namespace ");
        writer.WriteRepr(attributes);
        writer.Write(">");
    }
}
