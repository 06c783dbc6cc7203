using DaprMoE.Dispatch;

namespace DaprMoE.Gateway;

/// <summary>
/// Counts what layers and devices do, for views. The engine's thread adds up totals; one reader takes the difference to about a second ago.
/// </summary>
/// <param name="expertsPerLayer">Experts of each layer; 0 for a dense one.</param>
/// <param name="clock">The clock.</param>
internal sealed class RecentDispatch(IReadOnlyList<int> expertsPerLayer, TimeProvider clock) : IDispatchObserver
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly DispatchTotals _totals = new(expertsPerLayer);
    private readonly Queue<DispatchTotals> _past = [];

    /// <inheritdoc/>
    public void LayerDone(in LayerDispatch layer) => _totals.Add(in layer);

    /// <summary>What was done since about a second ago, as rates per second. For one reader at a time.</summary>
    public DispatchRates Read()
    {
        DispatchTotals now = _totals.CopyAt(clock.GetTimestamp());
        while (_past.Count > 1 && clock.GetElapsedTime(_past.ElementAt(1).Taken, now.Taken) >= Window)
        {
            _past.Dequeue();
        }

        DispatchTotals then = _past.Count > 0 ? _past.Peek() : new DispatchTotals(expertsPerLayer);
        double seconds = _past.Count > 0 ? clock.GetElapsedTime(then.Taken, now.Taken).TotalSeconds : Window.TotalSeconds;
        _past.Enqueue(now);
        return DispatchRates.Between(then, now, seconds);
    }
}
