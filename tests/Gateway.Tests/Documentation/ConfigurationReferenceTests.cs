using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace DaprMoE.Gateway.Tests;

/// <summary>Holds docs/configuration.md to the options class.</summary>
public sealed class ConfigurationReferenceTests
{
    public static TheoryData<string> Settings =>
        [.. typeof(GatewayOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Setting_IsListedWithItsRange(string name)
    {
        string row = Assert.Single(Rows(), row => row.StartsWith($"| `Gateway:{name}` |", StringComparison.Ordinal));
        if (typeof(GatewayOptions).GetProperty(name)!.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $"| {range.Minimum} to {range.Maximum} |"), row, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rows_AreAllSettings() => Assert.Equal(Settings.Count, Rows().Length);

    private static string[] Rows() =>
        [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "configuration.md")).Where(line => line.StartsWith("| `Gateway:", StringComparison.Ordinal))];
}
