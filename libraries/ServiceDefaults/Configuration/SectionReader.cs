using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace DaprMoE.ServiceDefaults;

/// <summary>Copies a section's values to the properties of the same name and remembers what did not fit.</summary>
internal sealed class SectionReader<TOptions>(
    IConfiguration configuration, string section)
{
    private readonly List<string> _faults = [];

    /// <summary>What <see cref="Read"/> found wrong.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public void Read(TOptions options)
    {
        _faults.Clear();
        Dictionary<string, PropertyInfo> properties = typeof(TOptions).GetProperties()
            .Where(property => property.CanWrite)
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (IConfigurationSection entry in configuration.GetSection(section).GetChildren())
        {
            if (properties.TryGetValue(entry.Key, out PropertyInfo? property))
            {
                Set(options, property, entry.Value);
            }
            else
            {
                _faults.Add(SettingFault.Unknown(section, entry.Key, properties.Keys));
            }
        }
    }
    private void Set(TOptions options, PropertyInfo property, string? text)
    {
        try
        {
            property.SetValue(options, TypeDescriptor.GetConverter(property.PropertyType).ConvertFromInvariantString(text ?? ""));
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or NotSupportedException)
        {
            _faults.Add(SettingFault.Describe(section, property.Name, text, SettingFault.TypeInWords(property.PropertyType)));
        }
    }
}
