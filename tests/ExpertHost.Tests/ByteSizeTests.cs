namespace DaprMoE.ExpertHost.Tests;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("221184", 221_184)]
    [InlineData("512KiB", 512 << 10)]
    [InlineData("4MiB", 4 << 20)]
    [InlineData(" 1.5 gib ", 3L << 29)]
    [InlineData("1TiB", 1L << 40)]
    public void TryParse_Size_IsBytes(string text, long expected)
    {
        Assert.True(ByteSize.TryParse(text, out long bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("4MB")]
    [InlineData("MiB")]
    [InlineData("0.3")]
    [InlineData("99999999TiB")]
    [InlineData("79228162514264337593543950336")]
    public void TryParse_NoSize_IsRefused(string text) => Assert.False(ByteSize.TryParse(text, out _));
}
