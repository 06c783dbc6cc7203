namespace DaprMoE.Scheduling;

/// <summary>The units of the bill.</summary>
public static class ByteTime
{
    /// <summary>Byte-microseconds in a GB-second; GB = 1e9 bytes.</summary>
    public const double PerGbSecond = 1e15;

    /// <summary>GB-seconds of byte-microseconds.</summary>
    public static double GbSeconds(Int128 byteUs) => (double)byteUs / PerGbSecond;
}
