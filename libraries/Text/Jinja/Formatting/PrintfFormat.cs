using System.Numerics;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Methods;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Formatting;

/// <summary>Python's <c>'%s' % values</c>.</summary>
internal sealed class PrintfFormat
{
    private readonly Interpreter _interpreter;
    private readonly bool _isMarkup;
    private readonly IReadOnlyList<Value> _values;
    private readonly DictValue? _named;
    private int _used;

    private PrintfFormat(Interpreter interpreter, bool isMarkup, Value values)
    {
        _interpreter = interpreter;
        _isMarkup = isMarkup;
        _named = values as DictValue;
        _values = values is TupleValue tuple ? tuple.Items : [values];
    }

    public static StringValue Format(StringValue format, Value values, Interpreter interpreter)
    {
        PrintfFormat formatter = new(interpreter, format.IsMarkup, values);
        return new StringValue(formatter.Write(format.Text), format.IsMarkup);
    }

    private string Write(string format)
    {
        TextBuilder text = new(_interpreter.Meter);
        int from = 0;
        for (int at = format.IndexOf('%'); at >= 0; at = format.IndexOf('%', from))
        {
            text.Append(format[from..at]);
            PrintfField field = PrintfField.Parse(format, at, NextWidth);
            text.Append(field.Type == '%' ? "%" : Pad(field));
            from = field.End;
        }

        text.Append(format[from..]);
        if (_named is null && _used < _values.Count)
        {
            throw new JinjaException("not all arguments converted during string formatting");
        }

        return text.Finish();
    }

    private int NextWidth() => Numbers.TryInteger(Next(), out BigInteger width)
        ? (int)BigInteger.Clamp(width, int.MinValue, int.MaxValue)
        : throw new JinjaException("* wants int");

    private Value Next() => _used < _values.Count ? _values[_used++] : throw new JinjaException("not enough arguments for format string");

    private string Pad(PrintfField field)
    {
        Value value = field.Key is null ? Next()
            : _named is null ? throw new JinjaException("format requires a mapping")
            : _named.Find(new StringValue(field.Key)) ?? throw new JinjaException($"the format's key '{field.Key}' is missing");
        string text = Convert(field, value);
        bool isNumber = "diuxXoeEfFgG".Contains(field.Type);
        Meter meter = _interpreter.Meter;
        return field.Left ? Padding.End(text, field.Width, " ", meter)
            : field.Zero && isNumber ? Padding.Zeros(text, field.Width, meter)
            : Padding.Start(text, field.Width, " ", meter);
    }

    private string Convert(PrintfField field, Value value)
    {
        NumberSpec spec = new(field.Type, field.Sign, field.Alternate, '\0', field.Precision);
        switch (field.Type)
        {
            case 's':
                return Cut(_isMarkup ? Html.Escape(value, _interpreter).Text : _interpreter.TextOf(value), field.Precision);
            case 'r' or 'a':
                ValueWriter writer = new(_interpreter.Meter);
                writer.WriteRepr(value);
                return Cut(writer.Finish(), field.Precision);
            case 'c':
                return value is StringValue { Length: 1 } one ? one.Text : char.ConvertFromUtf32((int)Whole(field, value));
            case 'd' or 'i' or 'u' or 'x' or 'X' or 'o':
                return spec.Write(Whole(field, value));
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                return Numbers.TryFloat(value, out double real)
                    ? spec.Write(real, _interpreter.Meter)
                    : throw new JinjaException($"%{field.Type} needs a number, not '{value.TypeName}'");
            default:
                throw new JinjaException($"unsupported format character '{field.Type}'");
        }
    }

    private static BigInteger Whole(PrintfField field, Value value)
    {
        if (value is FloatValue { Number: var real } && double.IsFinite(real) && "diu".Contains(field.Type))
        {
            return new BigInteger(Math.Truncate(real));
        }

        return Numbers.TryInteger(value, out BigInteger whole) && (field.Type != 'c' || (whole.Sign >= 0 && whole < 0xd800))
            ? whole
            : throw new JinjaException($"%{field.Type} needs an integer, not '{value.TypeName}'");
    }

    private static string Cut(string text, int precision)
    {
        int length = CodePoints.Count(text);
        return precision < 0 || length <= precision ? text : text[..CodePoints.UnitOf(text, precision, length)];
    }
}
