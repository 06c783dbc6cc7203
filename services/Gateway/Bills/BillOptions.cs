using System.ComponentModel.DataAnnotations;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>Prices of expert memory and calls, for the bill's money; section <c>Bill</c>, environment <c>DAPRMOE__BILL__…</c>.</summary>
public sealed class BillOptions
{
    /// <summary>The section that these are read from.</summary>
    public const string Section = "Bill";

    /// <summary>The kind of memory of processors.</summary>
    internal const string Cpu = "cpu";

    /// <summary>The kind of memory of accelerators.</summary>
    internal const string Gpu = "gpu";

    /// <value>USD for one GB (1e9 bytes) of a processor's memory for one second. The default is 0.0000166667, what function services ask
    /// for.</value>
    [Range(0.0, 1e6)]
    public double CpuGbSecond { get; set; } = 0.0000166667;

    /// <value>USD for one GB (1e9 bytes) of an accelerator's memory for one second. The default is 0.0000046296, a 48 GB card at 0.80 USD an
    /// hour.</value>
    [Range(0.0, 1e6)]
    public double GpuGbSecond { get; set; } = 0.80 / 3600 / 48;

    /// <value>USD for one call of an expert. The default is 0.0000002, what function services ask for.</value>
    [Range(0.0, 1e6)]
    public double Call { get; set; } = 0.0000002;

    /// <summary>The price list.</summary>
    internal BillPrices Prices => new([KeyValuePair.Create(Cpu, CpuGbSecond), KeyValuePair.Create(Gpu, GpuGbSecond)], Call);
}
