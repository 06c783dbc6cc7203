using DaprMoE.Ports;

namespace DaprMoE.DirectTransport.Tests;

/// <summary>A model's shape: a dense layer and one of four experts.</summary>
internal static class Model
{
    public const int Hidden = 4;
    public const string Fingerprint = "0123456789abcdef0123456789abcdef";

    public static readonly FrameLimits Limits = new()
    {
        ExpertsPerLayer = [0, 4],
        HiddenSize = Hidden,
        MaxTopK = 2,
        MaxRows = 32,
        Devices = 1,
    };
}
