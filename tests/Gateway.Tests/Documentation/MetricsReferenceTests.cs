using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace DaprMoE.Gateway.Tests;

/// <summary>Holds docs/metrics.md to the instruments.</summary>
public sealed class MetricsReferenceTests
{
    [Fact]
    public async Task MetricsReference_Instruments_AreThoseOfTheGateway()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        IMeterFactory factory = app.Services.GetRequiredService<IMeterFactory>();
        List<string> names = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == GatewayMetrics.MeterName && instrument.Meter.Scope == factory)
            {
                names.Add(instrument.Name);
            }
        };
        listener.Start();

        string[] rows = await File.ReadAllLinesAsync(
            Path.Combine(Repository.Root, "docs", "metrics.md"), TestContext.Current.CancellationToken);
        IEnumerable<string> documented = rows.Where(row => row.StartsWith("| `", StringComparison.Ordinal)).Select(row => row.Split('`')[1]);
        Assert.Equal(names.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }
}
