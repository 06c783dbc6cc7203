using System.Globalization;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Operators;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Formatting;

/// <summary>How <see cref="JsonText"/> writes. A null indent writes one line.</summary>
internal sealed record JsonStyle(string ItemSeparator, string KeySeparator, string? Indent, bool AsciiOnly, bool SortKeys);

/// <summary>Python's <c>json.dumps</c>.</summary>
internal sealed class JsonText(Interpreter interpreter, JsonStyle style)
{
    private readonly TextBuilder _text = new(interpreter.Meter);
    private readonly HashSet<Value> _open = new(ReferenceEqualityComparer.Instance);
    private int _level;

    public string Write(Value value)
    {
        WriteValue(value);
        return _text.Finish();
    }

    private void WriteValue(Value value)
    {
        interpreter.Meter.Step();
        switch (value)
        {
            case StringValue text:
                JsonString.Write(text.Text, _text, style.AsciiOnly);
                break;
            case SequenceValue list:
                WriteContainer(list, "[", "]", [.. list.Items.Select(item => (Action)(() => WriteValue(item)))]);
                break;
            case DictValue dict:
                WriteContainer(dict, "{", "}", [.. Entries(dict).Select(entry => (Action)(() => WriteEntry(entry.Key, entry.Value)))]);
                break;
            default:
                _text.Append(Scalar(value) ?? throw new JinjaException($"Object of type {value.TypeName} is not JSON serializable"));
                break;
        }
    }

    private void WriteContainer(Value container, string open, string close, Action[] writeItems)
    {
        if (!_open.Add(container))
        {
            throw new JinjaException("a value that contains itself has no JSON");
        }

        interpreter.Meter.Enter();
        _level++;
        _text.Append(open);
        for (int i = 0; i < writeItems.Length; i++)
        {
            _text.Append(i == 0 ? "" : style.ItemSeparator);
            BreakLine();
            writeItems[i]();
        }

        _level--;
        if (writeItems.Length > 0)
        {
            BreakLine();
        }

        _text.Append(close);
        interpreter.Meter.Leave();
        _open.Remove(container);
    }

    private void BreakLine()
    {
        if (style.Indent is not { } indent)
        {
            return;
        }

        _text.Append("\n");
        for (int i = 0; i < _level; i++)
        {
            _text.Append(indent);
        }
    }

    /// <summary>Entries by the text of their keys; of keys with the same text each is written, as Python does.</summary>
    private IEnumerable<KeyValuePair<Value, Value>> Entries(DictValue dict)
    {
        if (!style.SortKeys)
        {
            return dict.Entries;
        }

        List<Value> keys = StableSort.Sort([.. dict.Entries.Keys], key => key, interpreter.Ordering, reverse: false);
        return keys.Select(key => KeyValuePair.Create(key, dict.Entries[key]));
    }

    private void WriteEntry(Value key, Value value)
    {
        string name = key is StringValue text ? text.Text
            : Scalar(key) ?? throw new JinjaException($"keys must be str, int, float, bool or None, not {key.TypeName}");
        JsonString.Write(name, _text, style.AsciiOnly);
        _text.Append(style.KeySeparator);
        WriteValue(value);
    }

    private static string? Scalar(Value value) => value switch
    {
        NoneValue => "null",
        BoolValue truth => truth.IsTrue ? "true" : "false",
        IntValue integer => integer.Number.ToString(CultureInfo.InvariantCulture),
        FloatValue { Number: double.NaN } => "NaN",
        FloatValue { Number: double.PositiveInfinity } => "Infinity",
        FloatValue { Number: double.NegativeInfinity } => "-Infinity",
        FloatValue real => FloatText.Repr(real.Number),
        _ => null,
    };
}
