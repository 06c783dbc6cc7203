using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace DaprMoE.Cli;

/// <summary>Options that take a number from a range.</summary>
internal static class NumberOption
{
    /// <summary>An option whose values outside least … most are refused with a line that names them.</summary>
    public static Option<T?> Create<T>(string name, T least, T most, string description)
        where T : struct, INumber<T>
    {
        var allowed = string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
        return new Option<T?>(name)
        {
            Description = $"{description} ({allowed})",
            HelpName = "N",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
                {
                    return value;
                }

                result.AddError($"{name} is {text}; it may be {allowed}.");
                return null;
            },
        };
    }

    /// <summary>An option that takes a number from least up.</summary>
    public static Option<int?> AtLeast(string name, int least, string description) => Create(name, least, int.MaxValue, description);
}
