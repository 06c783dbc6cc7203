using DaprMoE.Ports;

namespace DaprMoE.DirectTransport;

/// <summary>What an expert host is, for as long as its process lives.</summary>
public sealed record HostDescription
{
    /// <summary>The host's name; its devices are called <c>{name}-{n}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Fingerprint of its model: 32 hexadecimal digits.</summary>
    public required string Model { get; init; }

    /// <summary>Drawn when the process starts, so that callers tell its lives apart.</summary>
    public required ulong Incarnation { get; init; }

    /// <summary>The backend of its devices: <c>cpu</c>, <c>torch</c>.</summary>
    public required string Backend { get; init; }

    /// <summary>Type of the experts' weights as they are held, e.g. <c>bf16</c>.</summary>
    public required string DType { get; init; }

    /// <summary>Bytes of the largest expert as it is held.</summary>
    public required long ExpertBytes { get; init; }

    /// <summary>What a frame may hold.</summary>
    public required FrameLimits Limits { get; init; }

    /// <summary>The fingerprint as frames have it.</summary>
    internal UInt128 ModelNumber => Fingerprint.Parse(Model);
}
