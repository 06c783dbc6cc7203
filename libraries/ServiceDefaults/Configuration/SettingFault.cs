using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace DaprMoE.ServiceDefaults;

/// <summary>Says what is wrong with a setting: key, value, what is allowed, where to set it.</summary>
internal static class SettingFault
{
    public static string Describe(string section, string key, string? value, string allowed)
    {
        string given = string.IsNullOrEmpty(value) ? "not set" : $"'{value}'";
        return $"{section}:{key} is {given}; allowed: {allowed}. Set {Variable(section, key)} or the option of the command line.";
    }

    public static string Unknown(string section, string key, IEnumerable<string> known) =>
        $"{section}:{key} is no setting; {section} has {string.Join(", ", known)}. Correct or remove {Variable(section, key)}.";

    public static string TypeInWords(Type type)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare switch
        {
            _ when bare == typeof(bool) => "true or false",
            _ when bare == typeof(int) || bare == typeof(long) => "a whole number",
            _ when bare == typeof(double) || bare == typeof(float) => "a number",
            _ when bare == typeof(ByteSize) => ByteSize.Allowed,
            _ when bare == typeof(TimeSpan) => "a time such as 00:00:30",
            _ when bare.IsEnum => string.Join(", ", Enum.GetNames(bare)),
            _ => "a text",
        };
    }

    public static string RuleInWords(ValidationAttribute rule) => rule switch
    {
        RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"from {range.Minimum} to {range.Maximum}"),
        RequiredAttribute => "any value, but it must be set",
        _ => rule.FormatErrorMessage("the value"),
    };

    private static string Variable(string section, string key) =>
        ServiceDefaultsModule.EnvironmentPrefix + $"{section}__{key}".ToUpperInvariant();
}
