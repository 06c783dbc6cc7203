using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace DaprMoE.ExpertHost.Tests;

/// <summary>Holds docs/configuration.md to the settings class.</summary>
public sealed class ConfigurationReferenceTests
{
    public static TheoryData<string> Settings =>
        [.. typeof(ExpertHostSettings).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Setting_IsListedWithItsRange(string name)
    {
        string row = Assert.Single(Rows(), row => row.StartsWith($"| `ExpertHost:{name}` |", StringComparison.Ordinal));
        if (typeof(ExpertHostSettings).GetProperty(name)!.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $"| {range.Minimum} to {range.Maximum} |"), row, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rows_AreAllSettings() => Assert.Equal(Settings.Count, Rows().Length);

    private static string[] Rows() => [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "configuration.md"))
        .Where(line => line.StartsWith("| `ExpertHost:", StringComparison.Ordinal))];
}
