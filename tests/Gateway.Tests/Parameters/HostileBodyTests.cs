using System.Text;
using System.Text.Json;
using CsCheck;

namespace DaprMoE.Gateway.Tests;

/// <summary>Whatever a body holds, it is read or refused; nothing else comes out of reading.</summary>
public sealed class HostileBodyTests
{
    private static readonly byte[] Good = Encoding.UTF8.GetBytes(
        """
        {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"é\u00e9\ud83d\ude00"}],"name":"A"}],"stream":true,
         "stream_options":{"include_usage":true},"stop":["a","b"],"seed":-5,"temperature":1e-3,"tools":[],"response_format":{"type":"text"}}
        """);

    private static readonly Gen<byte[]> Mutated =
        from places in Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Byte).Array[1, 4]
        from cut in Gen.Int[0, Good.Length]
        from isCut in Gen.Bool
        select Mutate(places, isCut ? cut : Good.Length);

    [Fact]
    public void Read_MutatedBody_IsReadOrRefused() => Mutated.Sample(body => Assert.True(IsReadOrRefused(body)), iter: 20_000);

    [Fact]
    public void Read_RandomBytes_IsReadOrRefused() => Gen.Byte.Array[0, 64].Sample(body => Assert.True(IsReadOrRefused(body)), iter: 20_000);

    [Fact]
    public void Read_GoodBody_IsRead()
    {
        using JsonDocument document = RequestJson.Parse(Good);
        Assert.Equal("éé😀", Assert.Single(ChatParameters.Read(document.RootElement).Messages).Content);
    }

    private static byte[] Mutate((int Place, byte Value)[] places, int length)
    {
        byte[] body = [.. Good];
        foreach ((int place, byte value) in places)
        {
            body[place] = value;
        }

        return body[..length];
    }

    private static bool IsReadOrRefused(byte[] body)
    {
        try
        {
            using JsonDocument document = RequestJson.Parse(body);
            return ChatParameters.Read(document.RootElement).Messages.Count > 0;
        }
        catch (ApiException error)
        {
            return error.Status == 400 && error.Message.Length > 0;
        }
    }
}
