namespace DaprMoE.Scheduling.Tests;

public sealed class RoutesTests
{
    private static readonly RoutingTable First = RoutingTable.Static([4], devices: 1);
    private static readonly RoutingTable Second = RoutingTable.Static([4], devices: 2);

    private readonly Routes _routes = new(First);

    [Fact]
    public void Replace_AnotherTable_IsTheCurrentOne()
    {
        _routes.Replace(Second);
        Assert.Same(Second, _routes.Current);
    }

    [Fact]
    public async Task WaitForChange_TableReplaced_EndsForAllWhoWait()
    {
        Task[] waiting = [_routes.WaitForChangeAsync(First), _routes.WaitForChangeAsync(First)];
        Assert.All(waiting, task => Assert.False(task.IsCompleted));
        _routes.Replace(Second);
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.False(_routes.WaitForChangeAsync(Second).IsCompleted);
    }

    [Fact]
    public void WaitForChange_SeenTableIsOld_EndsAtOnce()
    {
        _routes.Replace(Second);
        Assert.True(_routes.WaitForChangeAsync(First).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task WaitForChange_ReplacedByManyThreads_MissesNoChange()
    {
        Task[] writers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                _routes.Replace(RoutingTable.Static([1], devices: 1));
            }

            _routes.Replace(Second);
        }))];
        for (RoutingTable seen = First; !ReferenceEquals(seen, Second); seen = _routes.Current)
        {
            await _routes.WaitForChangeAsync(seen).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }

        await Task.WhenAll(writers);
    }
}
