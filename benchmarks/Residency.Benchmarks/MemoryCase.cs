namespace DaprMoE.Residency.Benchmarks;

/// <summary>How experts are kept.</summary>
internal enum Keeping
{
    /// <summary>The packed file's map; the kernel keeps what it likes.</summary>
    Map,

    /// <summary>An arena that evicts what was used longest ago.</summary>
    ArenaLru,

    /// <summary>An arena that evicts what the order of layers uses last.</summary>
    Arena,

    /// <summary>The same, told how often each expert was used lately.</summary>
    ArenaForecast,
}

/// <summary>One row of the table.</summary>
/// <param name="Keeping">How experts are kept.</param>
/// <param name="Rows">Tokens of one iteration.</param>
/// <param name="Percent">Memory for experts, of the bytes of all.</param>
/// <param name="Skew">Exponent of the popularity of experts; 0 for uniform routing.</param>
internal sealed record MemoryCase(Keeping Keeping, int Rows, int Percent, double Skew);
