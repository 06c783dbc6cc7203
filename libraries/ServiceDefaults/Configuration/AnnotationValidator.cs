using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace DaprMoE.ServiceDefaults;

/// <summary>Checks every annotated property, and relations between them when the options are <see cref="IValidatableObject"/>.</summary>
internal sealed class AnnotationValidator<TOptions>(
    string section, SectionReader<TOptions> reader) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        List<string> faults = [.. reader.Faults];
        // What is derived from settings may only be read once they are valid.
        foreach (PropertyInfo property in typeof(TOptions).GetProperties().Where(property => property.CanWrite))
        {
            Check(options, property, faults);
        }

        if (options is IValidatableObject relations)
        {
            faults.AddRange(relations.Validate(new ValidationContext(options)).Select(result => result.ErrorMessage ?? ""));
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private void Check(TOptions options, PropertyInfo property, List<string> faults)
    {
        object? value = property.GetValue(options);
        foreach (ValidationAttribute rule in property.GetCustomAttributes<ValidationAttribute>())
        {
            if (!rule.IsValid(value))
            {
                string? text = Convert.ToString(value, CultureInfo.InvariantCulture);
                faults.Add(SettingFault.Describe(section, property.Name, text, SettingFault.RuleInWords(rule)));
                return;
            }
        }
    }
}
