using DaprMoE.Dispatch;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>
/// Counts tokens per expert in windows of time. Written by the engine's thread, which closes a window when it is over; read by any.
/// </summary>
/// <param name="expertsPerLayer">Experts of each layer; 0 for a dense one.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExpertLoads(IReadOnlyList<int> expertsPerLayer, TimeProvider clock) : IDispatchObserver
{
    private readonly long[][] _running = [.. expertsPerLayer.Select(experts => new long[experts])];
    private readonly long[][] _latest = [.. expertsPerLayer.Select(experts => new long[experts])];
    private long _started = clock.GetTimestamp();

    /// <summary>Tokens that went to an expert within the latest window; 0 when nothing ran for longer than one.</summary>
    public long Of(ExpertId expert) =>
        clock.GetElapsedTime(Volatile.Read(ref _started)) > 2 * PolicyDefaults.LoadWindow
            ? 0
            : Volatile.Read(ref _latest[expert.Layer][expert.Expert]);

    /// <inheritdoc/>
    public void LayerDone(in LayerDispatch layer)
    {
        if (clock.GetElapsedTime(_started) >= PolicyDefaults.LoadWindow)
        {
            Close();
        }

        long[] loads = _running[layer.Layer];
        for (int expert = 0; expert < layer.Loads.Length; expert++)
        {
            loads[expert] += layer.Loads[expert];
        }
    }

    private void Close()
    {
        for (int layer = 0; layer < _running.Length; layer++)
        {
            for (int expert = 0; expert < _running[layer].Length; expert++)
            {
                Volatile.Write(ref _latest[layer][expert], _running[layer][expert]);
                _running[layer][expert] = 0;
            }
        }

        Volatile.Write(ref _started, clock.GetTimestamp());
    }
}
