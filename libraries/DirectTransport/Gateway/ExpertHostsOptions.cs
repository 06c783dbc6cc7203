using DaprMoE.Ports;

namespace DaprMoE.DirectTransport;

/// <summary>Which expert hosts a gateway calls, and how.</summary>
public sealed record ExpertHostsOptions
{
    /// <summary>The hosts, in the order in which their devices are numbered.</summary>
    public required IReadOnlyList<Uri> Addresses { get; init; }

    /// <summary>Fingerprint of the model that is served: 32 hexadecimal digits.</summary>
    public required string Model { get; init; }

    /// <summary>What frames may hold.</summary>
    public required FrameLimits Limits { get; init; }

    /// <summary>Whether rows are sent as bf16: half the bytes, but texts may differ.</summary>
    public bool Lossy { get; init; }

    /// <summary>How to prove oneself, and whom to trust.</summary>
    public HostSecurity Security { get; init; } = new();

    /// <summary>How long all hosts may take to be there at the start.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
