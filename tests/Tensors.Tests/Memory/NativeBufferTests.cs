namespace DaprMoE.Tensors.Tests;

public unsafe class NativeBufferTests
{
    [Theory]
    [InlineData(0, 64)]
    [InlineData(1000, 64)]
    [InlineData(5 << 20, 2 << 20)]
    public void Constructor_AnyLength_IsAlignedAndZeroed(long bytes, long alignment)
    {
        using var buffer = new NativeBuffer(bytes);
        Assert.Equal(bytes, buffer.Length);
        Assert.Equal(0, (nint)buffer.Pointer % alignment);
        Assert.Equal(-1, new Span<byte>(buffer.Pointer, (int)bytes).IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Pointer_AfterDispose_IsRefused()
    {
        var buffer = new NativeBuffer(8);
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => (nint)buffer.Pointer);
    }
}
