using System.Runtime.InteropServices;

namespace DaprMoE.Tensors.Tests;

internal static class BitAssert
{
    /// <summary>Bit for bit the same; the message names the first difference.</summary>
    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var common = MemoryMarshal.AsBytes(expected).CommonPrefixLength(MemoryMarshal.AsBytes(actual)) / sizeof(float);
        if (common < expected.Length)
        {
            Assert.Fail($"{what}: value {common} is {actual[common]:R}, expected {expected[common]:R}");
        }
    }
}
