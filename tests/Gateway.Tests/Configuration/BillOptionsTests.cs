using System.ComponentModel.DataAnnotations;
using System.Globalization;
using DaprMoE.Scheduling;
using DaprMoE.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DaprMoE.Gateway.Tests;

public sealed class BillOptionsTests
{
    [Fact]
    public void Prices_Defaults_ShouldNotChange()
    {
        BillPrices prices = new BillOptions().Prices;
        Assert.Equal(["cpu", "gpu"], prices.Kinds);
        Assert.Equal((0.0000166667, 0.80 / 3600 / 48, 0.0000002), (prices.PerGbSecond(0), prices.PerGbSecond(1), prices.PerCall));
    }

    [Theory]
    [InlineData("CpuGbSecond", "-1")]
    [InlineData("GpuGbSecond", "10000000")]
    [InlineData("Call", "NaN")]
    public void Price_Impossible_IsRefusedByName(string key, string value)
    {
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Bill:" + key, value)]).Build());
        services.AddValidatedOptions<BillOptions>(BillOptions.Section);
        using ServiceProvider provider = services.BuildServiceProvider();
        Exception fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<BillOptions>>().Value);
        Assert.StartsWith($"Bill:{key} is '{value}'; allowed: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reference_ListsEachPriceWithItsRange()
    {
        string[] rows = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "configuration.md")).Where(row => row.StartsWith("| `Bill:", StringComparison.Ordinal))];
        Assert.Equal(typeof(BillOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name), rows.Select(row => row.Split(':', '`')[2]));
        Assert.All(typeof(BillOptions).GetProperties().Where(property => property.CanWrite).Zip(rows), pair =>
        {
            RangeAttribute range = (RangeAttribute)pair.First.GetCustomAttributes(typeof(RangeAttribute), inherit: false).Single();
            Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $"| {range.Minimum} to {range.Maximum} |"), pair.Second, StringComparison.Ordinal);
        });
    }
}
