using DaprMoE.Ports;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Embedded.Tests;

public sealed class MemoryObjectStoreTests
{
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_Object_IsReadBackUntilDeleted()
    {
        MemoryObjectStore store = new(_clock);
        byte[] value = [1, 2, 3];
        await store.PutAsync("run/L0.E1", value, Cancel);
        value[0] = 9;
        Assert.Equal([1, 2, 3], (await store.GetAsync("run/L0.E1", Cancel))!.Value.ToArray());
        await store.DeleteAsync("run/L0.E1", Cancel);
        await store.DeleteAsync("run/L0.E1", Cancel);
        Assert.Null(await store.GetAsync("run/L0.E1", Cancel));
        Assert.Equal(0, store.Bytes);
    }

    [Fact]
    public async Task Put_SameNameAgain_ReplacesWithoutCountingTwice()
    {
        MemoryObjectStore store = new(_clock, maxBytes: 10);
        await store.PutAsync("a", new byte[8], Cancel);
        await store.PutAsync("a", new byte[9], Cancel);
        Assert.Equal(9, store.Bytes);
    }

    [Fact]
    public async Task Put_MoreThanFits_IsRefusedWithBothNumbersUntilTimeIsOver()
    {
        MemoryObjectStore store = new(_clock, maxBytes: 10, TimeSpan.FromMinutes(1));
        await store.PutAsync("a", new byte[8], Cancel);
        ObjectStoreException fault = await Assert.ThrowsAsync<ObjectStoreException>(
            async () => await store.PutAsync("b", new byte[3], Cancel));
        Assert.Contains("8 of 10 bytes", fault.Message, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await store.PutAsync("b", new byte[3], Cancel);
        Assert.Null(await store.GetAsync("a", Cancel));
        Assert.Equal(3, store.Bytes);
    }

    [Fact]
    public async Task Put_WrongNameOrSize_IsRefused()
    {
        MemoryObjectStore store = new(_clock);
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.PutAsync("a b", new byte[1], Cancel));
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await store.PutAsync("a", new byte[ObjectLimits.MaxObjectBytes + 1], Cancel));
    }
}
