using DaprMoE.Text.Jinja.Formatting;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>Something that exists and offers nothing, as <c>self</c>.</summary>
internal sealed class OpaqueValue(string typeName) : Value
{
    public override string TypeName => typeName;

    public override void WriteRepr(ValueWriter writer) => writer.Write($"<{typeName}>");
}
