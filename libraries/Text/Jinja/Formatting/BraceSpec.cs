using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Methods;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Formatting;

/// <summary>What stands behind the colon of a field: <c>[[fill]align][sign][#][0][width][,][.precision][type]</c>.</summary>
internal static partial class BraceSpec
{
    public static string Apply(Value value, string spec, Interpreter interpreter)
    {
        if (spec.Length == 0)
        {
            return interpreter.TextOf(value);
        }

        Match match = Pattern().Match(spec);
        if (!match.Success || value is not (StringValue or IntValue or FloatValue or BoolValue))
        {
            throw new JinjaException($"'{spec}' is no format for '{value.TypeName}'");
        }

        string Part(string name) => match.Groups[name].Value;
        bool isNumber = value is not StringValue;
        bool zeros = Part("zero").Length > 0;
        string align = Part("align") is { Length: > 0 } given ? given : zeros && isNumber ? "=" : isNumber ? ">" : "<";
        string fill = Part("fill") is { Length: > 0 } other ? other : zeros ? "0" : " ";
        int width = Number(Part("width"), 0);
        Meter meter = interpreter.Meter;
        meter.Text(width);
        string text = Write(value, match, align == "=" && fill == "0" ? width : 0, interpreter);
        return align switch
        {
            "<" => Padding.End(text, width, fill, meter),
            "^" => Centered(text, width, fill, meter),
            "=" when isNumber => AfterSign(text, width, fill, meter),
            _ => Padding.Start(text, width, fill, meter),
        };
    }

    [GeneratedRegex(
        @"^(?:(?<fill>[\ud800-\udbff][\udc00-\udfff]|.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?(?<width>\d+)?"
        + @"(?<group>[,_])?(?:\.(?<precision>\d+))?(?<type>[a-zA-Z%])?$", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();

    private static string Write(Value value, Match match, int groupedWidth, Interpreter interpreter)
    {
        char type = match.Groups["type"].Value is [var letter] ? letter : '\0';
        char sign = match.Groups["sign"].Value is [var mark] ? mark : '\0';
        char group = match.Groups["group"].Value is [var separator] ? separator : '\0';
        int precision = Number(match.Groups["precision"].Value, -1);
        NumberSpec spec = new(type, sign, match.Groups["alternate"].Success, group, precision) { GroupedWidth = groupedWidth };
        switch (value)
        {
            case StringValue text when type is '\0' or 's':
                int length = text.Length!.Value;
                return precision < 0 || precision >= length ? text.Text : text.Text[..CodePoints.UnitOf(text.Text, precision, length)];
            case not StringValue when "eEfFgG%".Contains(type) || (value is FloatValue && (type == '\0' || (type == 'n' && group == '\0'))):
                Numbers.TryFloat(value, out double real);
                return spec.Write(real, interpreter.Meter);
            case IntValue or BoolValue when precision < 0 && (group == '_' ? "\0dxXob" : group == ',' ? "\0d" : "\0dnxXob").Contains(type):
                Numbers.TryInteger(value, out BigInteger whole);
                return spec.Write(whole);
            default:
                throw new JinjaException($"unknown format code '{type}' for '{value.TypeName}'");
        }
    }

    private static string Centered(string text, int width, string fill, Meter meter)
    {
        int missing = Math.Max(0, width - CodePoints.Count(text));
        return Padding.End(Padding.Start(text, CodePoints.Count(text) + (missing / 2), fill, meter), width, fill, meter);
    }

    private static string AfterSign(string text, int width, string fill, Meter meter)
    {
        int sign = text is ['-' or '+' or ' ', ..] ? 1 : 0;
        sign += text.Length > sign + 1 && text[sign] == '0' && (text[sign + 1] is 'x' or 'X' or 'o' or 'b') ? 2 : 0;
        return text[..sign] + Padding.Start(text[sign..], Math.Max(0, width - sign), fill, meter);
    }

    private static int Number(string digits, int absent) =>
        digits.Length == 0 ? absent
        : digits.Length > 9 ? int.MaxValue
        : int.Parse(digits, CultureInfo.InvariantCulture);
}
