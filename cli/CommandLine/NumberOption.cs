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
        string allowed = string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
        return Create<T>(name, allowed, value => value >= least && value <= most, description);
    }

    /// <summary>An option that takes a number from least up.</summary>
    public static Option<T?> AtLeast<T>(string name, T least, string description)
        where T : struct, INumber<T> =>
        Create<T>(name, string.Create(CultureInfo.InvariantCulture, $"{least} or more"), value => value >= least, description);

    /// <summary>An option that takes a probability that is not 0.</summary>
    public static Option<float?> Share(string name, string description) =>
        Create<float>(name, "above 0, to 1", value => value is > 0 and <= 1, description);

    private static Option<T?> Create<T>(string name, string allowed, Func<T, bool> isAllowed, string description)
        where T : struct, INumber<T> => new(name)
        {
            Description = $"{description} ({allowed})",
            HelpName = "N",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (T.TryParse(text, CultureInfo.InvariantCulture, out T value) && isAllowed(value))
                {
                    return value;
                }

                result.AddError($"{name} is {text}; it may be {allowed}.");
                return null;
            },
        };
}
