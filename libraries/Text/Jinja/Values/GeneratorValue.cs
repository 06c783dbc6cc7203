using DaprMoE.Text.Jinja.Formatting;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>Items made on demand, once: what <c>map</c>, <c>select</c> and their like give.</summary>
internal sealed class GeneratorValue(IEnumerable<Value> items) : Value
{
    private readonly IEnumerator<Value> _items = items.GetEnumerator();

    public override string TypeName => "generator";

    public override IEnumerable<Value> Iterate()
    {
        while (_items.MoveNext())
        {
            yield return _items.Current;
        }
    }

    public override void WriteRepr(ValueWriter writer) => writer.Write("<generator object>");
}
