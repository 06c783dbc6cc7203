namespace DaprMoE.Residency.Benchmarks;

/// <summary>What a case's process measured.</summary>
internal sealed record CaseResult
{
    /// <summary>Milliseconds to the prompt's last logits, from nothing resident.</summary>
    public required double TimeToFirstTokenMs { get; init; }

    /// <summary>Tokens per second after it.</summary>
    public required double TokensPerSecond { get; init; }

    /// <summary>Experts that each token waited for; null where the kernel does not count them.</summary>
    public required double? MissesPerToken { get; init; }

    /// <summary>Bytes that each token read from the disk.</summary>
    public required double ReadBytesPerToken { get; init; }

    /// <summary>Resident bytes of the process at the end.</summary>
    public required long ProcessRss { get; init; }

    /// <summary>Resident bytes of the slots at the end, as the kernel counts them; 0 for the map.</summary>
    public required long ArenaRss { get; init; }

    /// <summary>Bytes that the device says are resident.</summary>
    public required long ResidentBytes { get; init; }

    /// <summary>Bytes of all experts.</summary>
    public required long AllExpertBytes { get; init; }
}
