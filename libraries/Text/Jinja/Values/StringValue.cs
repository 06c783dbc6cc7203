using System.Numerics;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Methods;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>Text; length, index, slices and iteration go by code points.</summary>
internal sealed class StringValue(string text, bool isMarkup = false) : Value
{
    public static readonly StringValue Empty = new("");

    private int _length = -1;

    public override string TypeName => IsMarkup ? "Markup" : "str";

    public override bool IsTrue => Text.Length > 0;

    public string Text { get; } = text;

    /// <summary>True for text that is escaped already.</summary>
    public bool IsMarkup { get; } = isMarkup;

    public override int? Length => _length >= 0 ? _length : _length = CodePoints.Count(Text);

    public override IEnumerable<Value> Iterate() => CodePoints.Split(Text).Select(piece => new StringValue(piece));

    public override Value? Attribute(string name) => StringMethods.Table.Bind(this, name);

    public override Value? Item(Value key, Meter meter)
    {
        if (!Numbers.TryInteger(key, out BigInteger index))
        {
            return null;
        }

        int length = Length!.Value;
        index = index.Sign < 0 ? index + length : index;
        if (index.Sign < 0 || index >= length)
        {
            return null;
        }

        meter.Scan(length == Text.Length ? 1 : Text.Length);
        return new StringValue(CodePoints.At(Text, (int)index, length));
    }

    public override Value Slice(SliceBounds bounds, Meter meter)
    {
        meter.Text(Text.Length);
        return new StringValue(CodePoints.Slice(Text, bounds, Length!.Value), IsMarkup);
    }

    public override void WriteRepr(ValueWriter writer)
    {
        if (IsMarkup)
        {
            writer.Write("Markup(");
            StringRepr.Write(Text, writer);
            writer.Write(")");
            return;
        }

        StringRepr.Write(Text, writer);
    }

    public override void WriteText(ValueWriter writer) => writer.Write(Text);
}
