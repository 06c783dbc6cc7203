using System.Globalization;
using DaprMoE.Text.Jinja.Evaluation;

namespace DaprMoE.Text.Jinja.Formatting;

/// <summary>Python's <c>strftime</c> in the C locale. An unknown directive stays as it is written.</summary>
internal static class TimeFormat
{
    public static string Format(DateTimeOffset time, string format, Meter meter)
    {
        TextBuilder text = new(meter);
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i].ToString());
                continue;
            }

            bool unpadded = format[i + 1] == '-' && i + 2 < format.Length;
            i += unpadded ? 2 : 1;
            string directive = Directive(time, format[i]) ?? $"%{(unpadded ? "-" : "")}{format[i]}";
            text.Append(unpadded ? Unpadded(directive) : directive);
        }

        return text.Finish();
    }

    private static string Unpadded(string number)
    {
        string bare = number.TrimStart('0', ' ');
        return bare.Length == 0 ? "0" : bare;
    }

    private static string? Directive(DateTimeOffset time, char directive) => directive switch
    {
        'a' => Written(time, "ddd"),
        'A' => Written(time, "dddd"),
        'b' or 'h' => Written(time, "MMM"),
        'B' => Written(time, "MMMM"),
        'd' => Written(time, "dd"),
        'm' => Written(time, "MM"),
        'y' => Written(time, "yy"),
        'Y' => Written(time, "yyyy"),
        'H' => Written(time, "HH"),
        'I' => Written(time, "hh"),
        'M' => Written(time, "mm"),
        'S' => Written(time, "ss"),
        'p' => time.Hour < 12 ? "AM" : "PM",
        'f' => Written(time, "ffffff"),
        'e' => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'k' => time.Hour.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'l' => Written(time, "%h").PadLeft(2),
        'c' => $"{Written(time, "ddd MMM")} {Directive(time, 'e')} {Written(time, "HH:mm:ss yyyy")}",
        'x' or 'D' => Written(time, "MM'/'dd'/'yy"),
        'X' or 'T' => Written(time, "HH:mm:ss"),
        'R' => Written(time, "HH:mm"),
        'r' => $"{Written(time, "hh:mm:ss")} {Directive(time, 'p')}",
        'F' => Written(time, "yyyy-MM-dd"),
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        // A local time without a zone, as Python's datetime.now().
        'z' or 'Z' => "",
        _ => Counted(time, directive)?.ToString(CultureInfo.InvariantCulture),
    };

    private static string? Counted(DateTimeOffset time, char directive)
    {
        int fromSunday = (int)time.DayOfWeek;
        int fromMonday = (fromSunday + 6) % 7;
        int day = time.DayOfYear - 1;
        DateTime date = time.DateTime;
        return directive switch
        {
            'j' => Padded(day + 1, 3),
            'u' => Padded(fromMonday + 1, 1),
            'w' => Padded(fromSunday, 1),
            'U' => Padded((day + 7 - fromSunday) / 7, 2),
            'W' => Padded((day + 7 - fromMonday) / 7, 2),
            'V' => Padded(ISOWeek.GetWeekOfYear(date), 2),
            'G' => Padded(ISOWeek.GetYear(date), 4),
            'g' => Padded(ISOWeek.GetYear(date) % 100, 2),
            'C' => Padded(time.Year / 100, 2),
            _ => null,
        };
    }

    private static string Padded(int number, int width) => number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

    private static string Written(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
