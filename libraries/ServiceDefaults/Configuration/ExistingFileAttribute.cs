using System.ComponentModel.DataAnnotations;

namespace DaprMoE.ServiceDefaults;

/// <summary>A setting that names a file, which has to exist when the process starts.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExistingFileAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null || File.Exists(value as string);

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => "a file that exists";
}
