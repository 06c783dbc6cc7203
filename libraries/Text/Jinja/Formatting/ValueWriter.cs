using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Formatting;

/// <summary>Prints values as Python does; a container inside itself is written as dots.</summary>
internal sealed class ValueWriter(Meter meter)
{
    private readonly TextBuilder _text = new(meter);
    private readonly HashSet<Value> _open = new(ReferenceEqualityComparer.Instance);

    public void Write(string text) => _text.Append(text);

    public void WriteText(Value value) => value.WriteText(this);

    public void WriteRepr(Value value)
    {
        meter.Step();
        if (value is not (SequenceValue or DictValue or NamespaceValue))
        {
            value.WriteRepr(this);
            return;
        }

        if (!_open.Add(value))
        {
            Write(Dots(value));
            return;
        }

        meter.Enter();
        value.WriteRepr(this);
        meter.Leave();
        _open.Remove(value);
    }

    public string Finish() => _text.Finish();

    private static string Dots(Value value) => value switch
    {
        ListValue => "[...]",
        TupleValue => "(...)",
        NamespaceValue => "<Namespace {...}>",
        _ => "{...}",
    };
}
