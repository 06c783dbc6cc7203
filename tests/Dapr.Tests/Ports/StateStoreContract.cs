using System.Text;
using DaprMoE.Ports;

namespace DaprMoE.Dapr.Tests;

/// <summary>What state on a sidecar keeps, whatever its database: two services see one keyspace. Sidecars take bodies of 4 MiB.</summary>
public abstract class StateStoreContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected abstract IStateStore State { get; }

    private protected abstract IStateStore Other { get; }

    private IStateStore[] Both => [State, Other];

    [Fact]
    public async Task TrySet_ByETag_OneOfTwoWritersWins()
    {
        Require();
        string key = $"bill/{Guid.NewGuid():N}";
        Assert.True(await State.TrySetAsync(key, Bytes("1"), etag: null, Cancel));
        StateEntry seen = (await Other.GetAsync(key, Cancel))!;
        bool[] won = await Task.WhenAll(
            Both.Select(state => state.TrySetAsync(key, Bytes("2"), seen.ETag, Cancel).AsTask()));
        Assert.Single(won, true);
        Assert.False(await State.TrySetAsync(key, Bytes("3"), seen.ETag, Cancel));
        Assert.False(await State.TrySetAsync(key, Bytes("3"), "never given out", Cancel));
        Assert.Equal("2", Text(await State.GetAsync(key, Cancel)));
    }

    [Fact]
    public async Task TrySet_CreateOnly_OneOfManyCreatorsWins()
    {
        Require();
        string key = $"bill/{Guid.NewGuid():N}";
        bool[] won = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => Both[i % 2].TrySetAsync(key, Bytes($"{i}"), etag: null, Cancel).AsTask()));
        Assert.Single(won, true);
        Assert.Equal($"{Array.IndexOf(won, true)}", Text(await State.GetAsync(key, Cancel)));
    }

    [Fact]
    public async Task Delete_ThenCreate_GivesAnETagThatWasNeverThere()
    {
        Require();
        IStateStore state = State;
        string key = $"bill/{Guid.NewGuid():N}";
        await state.SetAsync(key, Bytes(""), Cancel);
        StateEntry first = (await state.GetAsync(key, Cancel))!;
        Assert.Equal(0, first.Value.Length);
        await state.DeleteAsync(key, Cancel);
        await state.DeleteAsync(key, Cancel);
        Assert.Null(await state.GetAsync(key, Cancel));
        Assert.False(await state.TrySetAsync(key, Bytes("x"), first.ETag, Cancel));
        await state.SetAsync(key, Bytes(""), Cancel);
        Assert.NotEqual(first.ETag, (await state.GetAsync(key, Cancel))!.ETag);
    }

    [Fact]
    public async Task Set_SixMebibytes_IsReadByAnotherServiceAndReplacedWhole()
    {
        Require();
        string key = $"predictor/{Guid.NewGuid():N}";
        byte[] value = new byte[6 << 20];
        new Random(1).NextBytes(value);
        await State.SetAsync(key, value, Cancel);
        StateEntry seen = (await Other.GetAsync(key, Cancel))!;
        Assert.True(seen.Value.Span.SequenceEqual(value));
        value[5_000_000]++;
        Assert.True(await Other.TrySetAsync(key, value, seen.ETag, Cancel));
        Assert.False(await Other.TrySetAsync(key, value, seen.ETag, Cancel));
        Assert.True((await State.GetAsync(key, Cancel))!.Value.Span.SequenceEqual(value));
    }

    /// <summary>Skips the test where something is missing.</summary>
    private protected abstract void Require();

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(StateEntry? entry) => Encoding.UTF8.GetString(entry!.Value.Span);
}
