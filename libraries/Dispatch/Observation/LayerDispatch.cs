using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>How one layer of one iteration went.</summary>
public readonly ref struct LayerDispatch
{
    /// <summary>The layer.</summary>
    public required int Layer { get; init; }

    /// <summary>Tokens of the iteration.</summary>
    public required int Tokens { get; init; }

    /// <summary>Tokens of each expert of the layer.</summary>
    public required ReadOnlySpan<int> Loads { get; init; }

    /// <summary>From the gate's choice to the combined rows.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The devices that were alive, ascending.</summary>
    public required ReadOnlySpan<int> Devices { get; init; }

    /// <summary>Rows that each of <see cref="Devices"/> computed.</summary>
    public required ReadOnlySpan<double> DeviceRows { get; init; }

    /// <summary>What the calls that were done cost.</summary>
    public required LayerCalls Calls { get; init; }

    /// <summary>Coefficient of variation of <see cref="DeviceRows"/>; 0 when all are equal.</summary>
    public double Variation => LoadVariation.Of(DeviceRows);

    /// <summary>The busiest device's rows divided by the mean; 1 when all are equal, 0 without rows.</summary>
    public double MaxOverMean
    {
        get
        {
            double most = 0;
            double total = 0;
            foreach (double rows in DeviceRows)
            {
                most = Math.Max(most, rows);
                total += rows;
            }

            return total > 0 ? most * DeviceRows.Length / total : 0;
        }
    }
}
