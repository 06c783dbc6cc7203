using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Methods;
using DaprMoE.Text.Jinja.Operators;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>An ordered mapping. Templates can't change one.</summary>
internal sealed class DictValue(Meter meter) : Value
{
    private readonly OrderedDictionary<Value, Value> _entries = new(new ValueEquality(meter));

    public override string TypeName => "dict";

    public override int? Length => _entries.Count;

    public IReadOnlyDictionary<Value, Value> Entries => _entries;

    /// <summary>Adds or replaces an entry, while the dict is being built.</summary>
    public void Put(Value key, Value value) => _entries[key] = value;

    public Value? Find(Value key) => _entries.GetValueOrDefault(key);

    public override IEnumerable<Value> Iterate() => _entries.Keys;

    public override Value? Attribute(string name) => DictMethods.Table.Bind(this, name);

    public override Value? Item(Value key, Meter meter) => ValueEquality.IsHashable(key) ? Find(key) : null;

    public override void WriteRepr(ValueWriter writer)
    {
        bool first = true;
        writer.Write("{");
        foreach ((Value key, Value value) in _entries)
        {
            writer.Write(first ? "" : ", ");
            writer.WriteRepr(key);
            writer.Write(": ");
            writer.WriteRepr(value);
            first = false;
        }

        writer.Write("}");
    }
}
