namespace DaprMoE.Ports.Tests;

public sealed class PlanStoreTests
{
    private readonly PlanStore _store = new(new MemoryState());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryWrite_TwoWritersOfOneVersion_OneWins()
    {
        Assert.True(await _store.TryWriteAsync(Plan(1), seen: null, Cancel));
        StoredPlan? seen = await _store.ReadAsync(Cancel);
        Assert.True(await _store.TryWriteAsync(Plan(2), seen, Cancel));
        Assert.False(await _store.TryWriteAsync(Plan(2), seen, Cancel));
        Assert.False(await _store.TryWriteAsync(Plan(1), seen: null, Cancel));
        Assert.Equal(2, (await _store.ReadAsync(Cancel))!.Plan.Version);
    }

    [Fact]
    public async Task TryWrite_VersionThatDoesNotRise_IsRefused()
    {
        await _store.TryWriteAsync(Plan(4), seen: null, Cancel);
        StoredPlan? seen = await _store.ReadAsync(Cancel);
        await Assert.ThrowsAsync<ArgumentException>(async () => await _store.TryWriteAsync(Plan(4), seen, Cancel));
    }

    private static PlanDocument Plan(long version) =>
        new(version, "tiny-moe", "static", 0, 0, 0, 0, Experts: 1, Devices: ["host-0"], Layers: [new PlanLayer("static", [0, 0, 0])]);
}
