using System.Text;
using CsCheck;

namespace DaprMoE.Ports.Tests;

public sealed class VersionEventCodecTests
{
    private static readonly Gen<VersionEvent> Sound =
        from source in Gen.String[Gen.Char["abcXYZ019-_."], 1, VersionEvent.MaxSourceLength]
        from version in Gen.Long[1, long.MaxValue]
        select new VersionEvent(source, version);

    [Fact]
    public void Decode_WhatWasEncoded_IsTheSame() =>
        Sound.Sample(message => Assert.Equal(message, VersionEventCodec.TryDecode(VersionEventCodec.Encode(message))));

    [Fact]
    public void Encode_Event_IsReadableJson() =>
        Assert.Equal("""{"source":"gateway-0","version":7}""", Encoding.UTF8.GetString(VersionEventCodec.Encode(new("gateway-0", 7))));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"source":"a"}""")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"source":null,"version":1}""")]
    [InlineData("""{"source":"a","version":0}""")]
    [InlineData("""{"source":"a","version":-3}""")]
    [InlineData("""{"source":"a","version":1.5}""")]
    [InlineData("""{"source":"a","version":99999999999999999999}""")]
    [InlineData("""{"source":"","version":1}""")]
    [InlineData("""{"source":"../plan","version":1}""")]
    [InlineData("""{"source":"a","version":1} x""")]
    public void Decode_NoEvent_IsNull(string payload) => Assert.Null(VersionEventCodec.TryDecode(Encoding.UTF8.GetBytes(payload)));

    [Fact]
    public void Decode_TooLong_IsNull()
    {
        string payload = """{"source":"a","version":1}""" + new string(' ', VersionEventCodec.MaxBytes);
        Assert.Null(VersionEventCodec.TryDecode(Encoding.UTF8.GetBytes(payload)));
    }

    [Fact]
    public void Decode_MemberOfALaterVersion_IsSkipped() =>
        Assert.Equal(new("a", 1), VersionEventCodec.TryDecode("""{"source":"a","version":1,"later":{"x":[1]}}"""u8));

    [Fact]
    public void Decode_AnyBytes_NeverThrows() =>
        Gen.Byte.Array[0, 200].Sample(bytes => VersionEventCodec.TryDecode(bytes) is null or { IsSound: true });

    [Fact]
    public void Encode_OutOfBounds_NamesTheValues()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => VersionEventCodec.Encode(new("a b", 0)));
        Assert.Contains("'a b' and version 0", error.Message, StringComparison.Ordinal);
    }
}
