using System.Globalization;
using System.Numerics;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Formatting;

/// <summary>Python's <c>'{0.name!r:&gt;5}'.format(values)</c>; attributes are reached as in expressions.</summary>
internal sealed class BraceFormat(Interpreter interpreter, Arguments values)
{
    private int _used;

    public string Format(string format) => Format(format, nested: false);

    private string Format(string format, bool nested)
    {
        TextBuilder text = new(interpreter.Meter);
        for (int i = 0; i < format.Length; i++)
        {
            char one = format[i];
            bool isDoubled = i + 1 < format.Length && format[i + 1] == one;
            if (one is '{' or '}' && isDoubled)
            {
                text.Append(one.ToString());
                i++;
            }
            else if (one == '{')
            {
                int close = Close(format, i);
                text.Append(WriteField(format[(i + 1)..close], nested));
                i = close;
            }
            else
            {
                text.Append(one != '}' ? one.ToString() : throw new JinjaException("single '}' encountered in format string"));
            }
        }

        return text.Finish();
    }

    private static int Close(string format, int open)
    {
        int depth = 0;
        for (int i = open; i < format.Length; i++)
        {
            depth += format[i] == '{' ? 1 : format[i] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        throw new JinjaException("expected '}' before end of string");
    }

    private string WriteField(string field, bool nested)
    {
        int colon = field.IndexOf(':');
        string spec = colon < 0 ? "" : field[(colon + 1)..];
        string reference = colon < 0 ? field : field[..colon];
        int bang = reference.IndexOf('!');
        string conversion = bang < 0 ? "" : reference[(bang + 1)..];
        Value value = Find(bang < 0 ? reference : reference[..bang]);
        if (spec.Contains('{'))
        {
            spec = nested ? throw new JinjaException("the format nests too deep") : Format(spec, nested: true);
        }

        return conversion switch
        {
            "" => BraceSpec.Apply(value, spec, interpreter),
            "s" => BraceSpec.Apply(new StringValue(interpreter.TextOf(value)), spec, interpreter),
            "r" or "a" => BraceSpec.Apply(new StringValue(Repr(value)), spec, interpreter),
            _ => throw new JinjaException($"unknown conversion '!{conversion}' in a format"),
        };
    }

    private string Repr(Value value)
    {
        ValueWriter writer = new(interpreter.Meter);
        writer.WriteRepr(value);
        return writer.Finish();
    }

    /// <summary>What <c>0.name[key]</c> leads to; an empty first part takes the next value.</summary>
    private Value Find(string reference)
    {
        int end = reference.IndexOfAny(['.', '[']);
        string first = end < 0 ? reference : reference[..end];
        Value value = first.Length == 0 ? Positional(_used++)
            : int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? Positional(index)
            : Named(first);
        for (int at = end; at >= 0 && at < reference.Length;)
        {
            bool isItem = reference[at] == '[';
            int stop = isItem ? reference.IndexOf(']', at) : reference.IndexOfAny(['.', '['], at + 1);
            stop = stop < 0 && !isItem ? reference.Length : stop;
            if (stop < 0)
            {
                throw new JinjaException("missing ']' in format string");
            }

            string key = reference[(at + 1)..stop];
            value = isItem ? Access.Item(value, Key(key), interpreter.Meter) : Access.Attribute(value, key, interpreter.Meter);
            at = isItem ? stop + 1 : stop;
        }

        return value;
    }

    private static Value Key(string key) =>
        BigInteger.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger index)
            ? IntValue.Of(index)
            : new StringValue(key);

    private Value Positional(int index) => index < values.Positional.Count
        ? values.Positional[index]
        : throw new JinjaException($"the format needs a value {index}; there are {values.Positional.Count}");

    private Value Named(string name)
    {
        int index = values.Named.Select(value => value.Key).ToList().LastIndexOf(name);
        return index >= 0 ? values.Named[index].Value : throw new JinjaException($"the format needs a value named '{name}'");
    }
}
