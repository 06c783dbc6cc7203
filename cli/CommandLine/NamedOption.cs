using System.CommandLine;

namespace DaprMoE.Cli;

/// <summary>Options that take one of several names.</summary>
internal static class NamedOption
{
    /// <summary>An option for the values of an enumeration, in lower case; other names are refused with a line that lists them.</summary>
    public static Option<T?> Create<T>(string name, string description)
        where T : struct, Enum => Create(name, description, Enum.GetValues<T>().ToDictionary(value => value.ToString().ToLowerInvariant()));

    /// <summary>An option that takes one of several names as it is.</summary>
    public static Option<string?> OneOf(string name, IReadOnlyList<string> names, string description)
    {
        string allowed = string.Join(" or ", names);
        return new(name)
        {
            Description = $"{description} ({allowed})",
            HelpName = "NAME",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (names.Contains(text))
                {
                    return text;
                }

                result.AddError($"{name} is {text}; it may be {allowed}.");
                return null;
            },
        };
    }

    /// <summary>An option for named values.</summary>
    public static Option<T?> Create<T>(string name, string description, Dictionary<string, T> values)
        where T : struct
    {
        string allowed = string.Join(" or ", values.Keys);
        return new(name)
        {
            Description = $"{description} ({allowed})",
            HelpName = "NAME",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (values.TryGetValue(text, out T value))
                {
                    return value;
                }

                result.AddError($"{name} is {text}; it may be {allowed}.");
                return null;
            },
        };
    }
}
