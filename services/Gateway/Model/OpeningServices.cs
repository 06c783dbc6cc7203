using DaprMoE.Scheduling;
using Microsoft.Extensions.Logging.Abstractions;

namespace DaprMoE.Gateway;

/// <summary>What a process gives to the models that it opens.</summary>
/// <param name="Clock">The clock of timings and templates.</param>
/// <param name="Logs">Where it is logged what happens to expert hosts.</param>
public sealed record OpeningServices(TimeProvider Clock, ILoggerFactory Logs)
{
    /// <summary>What expert memory and calls cost.</summary>
    public BillPrices Prices { get; init; } = new BillOptions().Prices;

    /// <summary>For a process without logs.</summary>
    public static OpeningServices Quiet(TimeProvider clock) => new(clock, NullLoggerFactory.Instance);
}
