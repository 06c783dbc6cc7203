using System.Text;
using DaprMoE.Ports;

namespace DaprMoE.Dapr.Tests;

/// <summary>State in the store of real sidecars, which take bodies of 4 MiB.</summary>
[Collection(SharedPorts.Name)]
public sealed class StateStoreTests(SidecarPorts ports)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TrySet_ByETag_OneOfTwoWritersWins()
    {
        ports.Require();
        string key = $"bill/{Guid.NewGuid():N}";
        Assert.True(await ports.Autoscaler.State.TrySetAsync(key, Bytes("1"), etag: null, Cancel));
        StateEntry seen = (await ports.Hosts[0].State.GetAsync(key, Cancel))!;
        bool[] won = await Task.WhenAll(
            ports.Hosts.Select(host => host.State.TrySetAsync(key, Bytes("2"), seen.ETag, Cancel).AsTask()));
        Assert.Single(won, true);
        Assert.False(await ports.Autoscaler.State.TrySetAsync(key, Bytes("3"), seen.ETag, Cancel));
        Assert.False(await ports.Autoscaler.State.TrySetAsync(key, Bytes("3"), "never given out", Cancel));
        Assert.Equal("2", Text(await ports.Autoscaler.State.GetAsync(key, Cancel)));
    }

    [Fact]
    public async Task TrySet_CreateOnly_OneOfManyCreatorsWins()
    {
        ports.Require();
        string key = $"bill/{Guid.NewGuid():N}";
        bool[] won = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => ports.Hosts[i % 2].State.TrySetAsync(key, Bytes($"{i}"), etag: null, Cancel).AsTask()));
        Assert.Single(won, true);
        Assert.Equal($"{Array.IndexOf(won, true)}", Text(await ports.Autoscaler.State.GetAsync(key, Cancel)));
    }

    [Fact]
    public async Task Delete_ThenCreate_GivesAnETagThatWasNeverThere()
    {
        ports.Require();
        IStateStore state = ports.Autoscaler.State;
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
        ports.Require();
        string key = $"predictor/{Guid.NewGuid():N}";
        byte[] value = new byte[6 << 20];
        new Random(1).NextBytes(value);
        await ports.Autoscaler.State.SetAsync(key, value, Cancel);
        StateEntry seen = (await ports.Hosts[0].State.GetAsync(key, Cancel))!;
        Assert.True(seen.Value.Span.SequenceEqual(value));
        value[5_000_000]++;
        Assert.True(await ports.Hosts[0].State.TrySetAsync(key, value, seen.ETag, Cancel));
        Assert.False(await ports.Hosts[1].State.TrySetAsync(key, value, seen.ETag, Cancel));
        Assert.True((await ports.Autoscaler.State.GetAsync(key, Cancel))!.Value.Span.SequenceEqual(value));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(StateEntry? entry) => Encoding.UTF8.GetString(entry!.Value.Span);
}
