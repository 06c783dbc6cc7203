using DaprMoE.Text.Jinja.Formatting;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>What <c>keys()</c>, <c>values()</c> and <c>items()</c> of a dict give.</summary>
internal sealed class DictView(DictValue dict, string typeName, Func<KeyValuePair<Value, Value>, Value> choose) : Value
{
    public override string TypeName => typeName;

    public override int? Length => dict.Length;

    public override IEnumerable<Value> Iterate() => dict.Entries.Select(choose);

    public override void WriteRepr(ValueWriter writer)
    {
        writer.Write(typeName);
        writer.Write("(");
        writer.WriteRepr(new ListValue([.. Iterate()]));
        writer.Write(")");
    }
}
