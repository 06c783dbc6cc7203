using System.Text;
using CsCheck;
using DaprMoE.Ports;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Sidecar.Tests;

public sealed class ChunkedValuesTests
{
    private const string Key = "predictor/regression";
    private static readonly int[] Sizes = [0, 5, 3 << 20, 5 << 20];
    private readonly MemoryCalls _calls = new();
    private readonly ChunkedValues _values;

    public ChunkedValuesTests() => _values = new ChunkedValues(_calls, new FakeTimeProvider());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(ChunkedValues.ChunkBytes, 1)]
    [InlineData(ChunkedValues.ChunkBytes + 1, 3)]
    [InlineData(6 << 20, 4)]
    public async Task Set_AnySize_IsReadBack(int bytes, int entries)
    {
        byte[] value = Bytes(bytes);
        await SetAsync(value);
        Assert.Equal(entries, _calls.Entries.Count);
        Assert.Equal(value, await ReadAsync());
    }

    [Fact]
    public async Task Set_SmallValue_StandsUnderItsKeyAsItIs()
    {
        await SetAsync("{\"version\":1}"u8.ToArray());
        Assert.Equal("{\"version\":1}", Encoding.UTF8.GetString(_calls.Entries[Key].Value.Span));
    }

    [Fact]
    public async Task Set_ValueThatLooksLikeAManifest_IsReadBack()
    {
        byte[] value = new ChunkManifest("set", 3, 17).Encode();
        await SetAsync(value);
        Assert.Equal(value, await ReadAsync());
    }

    [Fact]
    public async Task Set_EmptyValue_IsWrittenAsSomething()
    {
        await SetAsync([]);
        Assert.NotEqual(0, _calls.Entries[Key].Value.Length);
    }

    [Fact]
    public async Task Set_OverChunks_LeavesNoneBehind()
    {
        await SetAsync(Bytes(5 << 20));
        await SetAsync(Bytes(10));
        Assert.Equal([Key], _calls.Entries.Keys);
    }

    [Fact]
    public async Task Delete_Chunks_LeavesNothing()
    {
        await SetAsync(Bytes(5 << 20));
        await _values.DeleteAsync(Key, Cancel);
        await _values.DeleteAsync(Key, Cancel);
        Assert.Empty(_calls.Entries);
    }

    [Fact]
    public async Task TrySet_OtherETag_WritesNothing()
    {
        await SetAsync(Bytes(3));
        Assert.False(await _values.TrySetAsync(Key, Bytes(5 << 20), etag: null, timeToLive: null, Cancel));
        Assert.False(await _values.TrySetAsync(Key, Bytes(5 << 20), "no such", timeToLive: null, Cancel));
        Assert.Equal([Key], _calls.Entries.Keys);
        Assert.Equal(Bytes(3), await ReadAsync());
    }

    [Fact]
    public async Task TrySet_AnotherWriterMeanwhile_LosesAndTakesItsChunksBack()
    {
        StateEntry other = new("theirs"u8.ToArray(), "theirs");
        _calls.Before = (call, _) =>
        {
            if (call == "try")
            {
                _calls.Entries[Key] = other;
            }

            return Task.CompletedTask;
        };
        Assert.False(await _values.TrySetAsync(Key, Bytes(5 << 20), etag: null, timeToLive: null, Cancel));
        Assert.Equal([Key], _calls.Entries.Keys);
        Assert.Same(other, _calls.Entries[Key]);
    }

    [Fact]
    public async Task Get_ReplacedBetweenKeyAndChunks_GivesTheNewValueWhole()
    {
        await SetAsync(Bytes(5 << 20));
        byte[] after = Bytes(7 << 20);
        bool isDone = false;
        _calls.Before = async (call, key) =>
        {
            if (!isDone && call == "get" && key.EndsWith("/1", StringComparison.Ordinal))
            {
                isDone = true;
                await SetAsync(after);
            }
        };
        Assert.Equal(after, await ReadAsync());
    }

    [Fact]
    public async Task Get_ChunkGoneForGood_NamesTheKey()
    {
        await SetAsync(Bytes(5 << 20));
        _calls.Entries.Remove(_calls.Entries.Keys.First(key => key != Key));
        StateStoreException fault = await Assert.ThrowsAsync<StateStoreException>(() => _values.GetAsync(Key, Cancel));
        Assert.Contains(Key, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DaprMoE-chunks\n")]
    [InlineData("DaprMoE-chunks\n{\"set\":\"x\",\"chunks\":-1,\"bytes\":0}")]
    [InlineData("DaprMoE-chunks\n[]")]
    public async Task Get_ForgedManifest_IsRefusedByName(string text)
    {
        _calls.Entries[Key] = new StateEntry(Encoding.UTF8.GetBytes(text), "1");
        StateStoreException fault = await Assert.ThrowsAsync<StateStoreException>(() => _values.GetAsync(Key, Cancel));
        Assert.Contains(Key, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_WithTimeToLive_GivesItToKeyAndChunks()
    {
        await _values.SetAsync(Key, Bytes(5 << 20), TimeSpan.FromMinutes(1), Cancel);
        Assert.Equal([TimeSpan.FromMinutes(1)], _calls.TimesToLive);
    }

    [Fact]
    public async Task Calls_AnySequence_ReadAsADictionaryWould()
    {
        Gen<(int Kind, int Bytes)[]> sequences = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3].Select(i => Sizes[i])).Array[1, 6];
        await sequences.SampleAsync(async sequence =>
        {
            MemoryCalls calls = new();
            ChunkedValues values = new(calls, new FakeTimeProvider());
            byte[]? expected = null;
            foreach ((int kind, int bytes) in sequence)
            {
                expected = await ApplyAsync(values, kind, Bytes(bytes), expected);
                Assert.Equal(expected, (await values.GetAsync(Key, Cancel))?.Value.ToArray());
            }

            int chunks = expected is { Length: > ChunkedValues.ChunkBytes } ? (expected.Length - 1) / ChunkedValues.ChunkBytes + 1 : 0;
            Assert.Equal(chunks + (expected is null ? 0 : 1), calls.Entries.Count);
        }, iter: 50, threads: 1);
    }

    private static async Task<byte[]?> ApplyAsync(ChunkedValues values, int kind, byte[] value, byte[]? before)
    {
        switch (kind)
        {
            case 0:
                await values.SetAsync(Key, value, timeToLive: null, Cancel);
                return value;
            case 1:
                bool isCreated = await values.TrySetAsync(Key, value, etag: null, timeToLive: null, Cancel);
                Assert.Equal(before is null, isCreated);
                return isCreated ? value : before;
            default:
                await values.DeleteAsync(Key, Cancel);
                return null;
        }
    }

    private static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)(i * 31 + (i >> 12));
        }

        return bytes;
    }

    private Task SetAsync(byte[] value) => _values.SetAsync(Key, value, timeToLive: null, Cancel);

    private async Task<byte[]> ReadAsync() => (await _values.GetAsync(Key, Cancel))!.Value.ToArray();
}
