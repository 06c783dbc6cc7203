using System.Globalization;
using System.Numerics;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Filters;

/// <summary>Filters that make or change numbers.</summary>
internal static class NumberFilters
{
    public static readonly Native[] Entries =
    [
        new("int", "default? base?", ToInt),
        new("float", "default?", call => ToFloat(call.Subject) is { } number ? new FloatValue(number) : call[0] ?? new FloatValue(0)),
        new("abs", "", Abs),
        new("round", "precision? method?", Round),
        new("filesizeformat", "binary?", FileSize),
    ];

    private static Value ToInt(NativeCall call)
    {
        BigInteger? whole = call.Subject switch
        {
            StringValue text => NumberText.ParseInteger(text.Text, call.Size(1, 10)),
            _ => Numbers.TryInteger(call.Subject, out BigInteger number) ? number : null,
        };
        if (whole is { } found)
        {
            return IntValue.Of(found);
        }

        return ToFloat(call.Subject) is { } real && double.IsFinite(real)
            ? IntValue.Of(new BigInteger(Math.Truncate(real)))
            : call[0] ?? IntValue.Of(0);
    }

    private static double? ToFloat(Value value) => value switch
    {
        UndefinedValue undefined => throw undefined.Error(),
        StringValue text => NumberText.ParseFloat(text.Text),
        _ => Numbers.TryFloat(value, out double number) ? number : null,
    };

    private static Value Abs(NativeCall call) => call.Subject switch
    {
        FloatValue real => new FloatValue(Math.Abs(real.Number)),
        UndefinedValue undefined => throw undefined.Error(),
        _ when Numbers.TryInteger(call.Subject, out BigInteger number) => IntValue.Of(BigInteger.Abs(number)),
        _ => throw new JinjaException($"bad operand type for abs(): '{call.Subject.TypeName}'"),
    };

    private static Value Round(NativeCall call)
    {
        int precision = Math.Clamp(call.Size(0, 0), -400, 400);
        string method = call.Text(1, "common");
        if (!Numbers.TryFloat(call.Subject, out double number))
        {
            throw new JinjaException($"round() needs a number, not '{call.Subject.TypeName}'");
        }

        double scale = Math.Pow(10, precision);
        return method switch
        {
            "common" => RoundHalfEven(call.Subject, number, precision),
            "ceil" => new FloatValue(Math.Ceiling(number * scale) / scale),
            "floor" => new FloatValue(Math.Floor(number * scale) / scale),
            _ => throw new JinjaException($"round() knows 'common', 'ceil' and 'floor', not '{method}'"),
        };
    }

    private static Value RoundHalfEven(Value value, double number, int precision)
    {
        if (Numbers.TryInteger(value, out BigInteger whole))
        {
            BigInteger unit = BigInteger.Pow(10, Math.Max(0, -precision));
            return IntValue.Of(FloatText.DivideHalfEven(whole, unit) * unit);
        }

        bool isExact = !double.IsFinite(number) || number == 0;
        return isExact ? value : new FloatValue(double.Parse(FloatText.Fixed(number, precision), CultureInfo.InvariantCulture));
    }

    private static StringValue FileSize(NativeCall call)
    {
        double size = ToFloat(call.Subject) ?? throw new JinjaException($"filesizeformat() needs a number, not '{call.Subject.TypeName}'");
        bool binary = call.Flag(0);
        double unit = binary ? 1024 : 1000;
        if (size < unit)
        {
            return new StringValue(size == 1 ? "1 Byte" : $"{Math.Truncate(size).ToString("F0", CultureInfo.InvariantCulture)} Bytes");
        }

        string prefixes = binary ? "KMGTPEZY" : "kMGTPEZY";
        int place = 0;
        for (size /= unit; size >= unit && place < prefixes.Length - 1; place++)
        {
            size /= unit;
        }

        return new StringValue($"{FloatText.Fixed(size, 1)} {prefixes[place]}{(binary ? "i" : "")}B");
    }
}
