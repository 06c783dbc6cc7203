namespace DaprMoE.ServiceDefaults.Tests;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("221184", 221184)]
    [InlineData("4MiB", 4L << 20)]
    [InlineData("4mib", 4L << 20)]
    [InlineData(" 1.5 GiB ", 3L << 29)]
    [InlineData("24GB", 24_000_000_000)]
    [InlineData("7 kB", 7_000)]
    [InlineData("12B", 12)]
    public void TryParse_Size_IsItsBytes(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out ByteSize size));
        Assert.Equal(bytes, size.Bytes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("MiB")]
    [InlineData("-1")]
    [InlineData("4 apples")]
    [InlineData("1e3")]
    [InlineData("1,5GiB")]
    [InlineData("NaN")]
    [InlineData("9223372036854775808")]
    [InlineData("8388608TiB")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData(4L << 20, "4 MiB")]
    [InlineData(3L << 29, "1.5 GiB")]
    [InlineData(221184, "216 KiB")]
    [InlineData(1000, "1000 B")]
    public void ToString_Bytes_IsTheShortestExactForm(long bytes, string text) => Assert.Equal(text, new ByteSize(bytes).ToString());
}
