using CsCheck;

namespace DaprMoE.Ports.Tests;

public sealed class LoadWindowCodecTests
{
    [Fact]
    public void Decode_WhatWasEncoded_IsTheSame() => LoadWindowGen.Window.Sample(window =>
    {
        byte[] bytes = LoadWindowCodec.Encode(window);
        LoadWindow read = LoadWindowCodec.Decode(bytes);
        Assert.Equal(window.Loads, read.Loads);
        Assert.Equal(window.Expected, read.Expected);
        Assert.Equal(window.Samples[0].Loads, read.Samples[0].Loads);
        Assert.Equal((window.Version, window.Shape, window.Tokens), (read.Version, read.Shape, read.Tokens));
        Assert.Equal(bytes, LoadWindowCodec.Encode(read));
    });

    [Fact]
    public void Decode_CutOffAnywhere_IsRefused() => LoadWindowGen.Window.Sample(window =>
    {
        byte[] bytes = LoadWindowCodec.Encode(window);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<DocumentException>(() => LoadWindowCodec.Decode(bytes.AsSpan(0, length)));
        }
    }, iter: 20);

    [Fact]
    public void Decode_ChangedBytes_AreReadOrRefused() =>
        Gen.Select(LoadWindowGen.Window, Gen.Int[0, 1000], Gen.Byte).Sample((window, place, value) =>
        {
            byte[] bytes = LoadWindowCodec.Encode(window);
            bytes[place % bytes.Length] = value;
            try
            {
                LoadWindow read = LoadWindowCodec.Decode(bytes);
                Assert.True(read.Version >= 1 && read.Shape.IsSound && read.Loads.Length == read.Shape.Count);
            }
            catch (DocumentException)
            {
                // Refused, which is as good.
            }
        });

    [Fact]
    public void Decode_SizesBeyondTheBytes_AllocateNothing()
    {
        byte[] bytes = [0x44, 0x4D, 0x4C, 0x57, 1, 1, (byte)'m', 1, 1, 0x80, 0x04, 0x80, 0x08, 0, 0, 0];
        long before = GC.GetAllocatedBytesForCurrentThread();
        DocumentException error = Assert.Throws<DocumentException>(() => LoadWindowCodec.Decode(bytes));
        Assert.Contains("cut off", error.Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    [Fact]
    public void Decode_ForeignBytes_NamesThem()
    {
        DocumentException error = Assert.Throws<DocumentException>(() => LoadWindowCodec.Decode("PK\u0003\u0004 something else"u8));
        Assert.Contains("504B0304", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_LaterFormat_NamesBothFormats()
    {
        byte[] bytes = LoadWindowCodec.Encode(LoadWindowGen.Of(1));
        bytes[4] = 9;
        DocumentException error = Assert.Throws<DocumentException>(() => LoadWindowCodec.Decode(bytes));
        Assert.Contains("format 9", error.Message, StringComparison.Ordinal);
    }
}
