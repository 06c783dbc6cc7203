using DaprMoE.Dispatch;
using DaprMoE.Inference;
using DaprMoE.Ports;

namespace DaprMoE.Gateway;

/// <summary>Counts an engine's iterations into windows of load. The engine's thread counts; another one closes a window.</summary>
internal sealed class LoadWindowCounter : IDispatchObserver, IForwardObserver
{
    private readonly Lock _gate = new();
    private readonly LoadWindowBuilder _builder;
    private readonly int[] _moeLayerOf;
    private readonly int _last;
    private int _promptRows;
    private int _rows;

    /// <param name="layout">The model.</param>
    /// <param name="random">Draws the iterations that a window keeps.</param>
    public LoadWindowCounter(ExpertLayout layout, Random random)
    {
        _builder = new LoadWindowBuilder(layout.Model, layout.Shape, random);
        _moeLayerOf = [.. Enumerable.Range(0, layout.ModelLayers).Select(layer => layout.Layers.ToList().IndexOf(layer))];
        _last = layout.Shape.Layers - 1;
    }

    /// <summary>Iterations since the last window.</summary>
    public int Iterations
    {
        get
        {
            lock (_gate)
            {
                return _builder.Iterations;
            }
        }
    }

    /// <summary>Prompt tokens since the last window.</summary>
    public int PromptTokens
    {
        get
        {
            lock (_gate)
            {
                return _builder.PromptTokens;
            }
        }
    }

    public void BeforeLayers(in ForwardRows rows)
    {
        // What a failed iteration left behind belongs to no iteration.
        _builder.DropIteration();
        _rows = rows.Tokens.Length;
        _promptRows = 0;
        foreach (ForwardRun run in rows.Runs)
        {
            _promptRows += run.PromptRows;
        }
    }

    public void LayerDone(in LayerDispatch layer)
    {
        int moeLayer = _moeLayerOf[layer.Layer];
        // One that was watched from its middle on is not whole.
        if (_rows == 0)
        {
            return;
        }

        _builder.CountLoads(moeLayer, layer.Loads);
        if (moeLayer == _last)
        {
            lock (_gate)
            {
                _builder.EndIteration(_promptRows, _rows - _promptRows);
            }

            _rows = 0;
        }
    }

    /// <summary>Closes the window.</summary>
    public LoadWindow Close(long version, DateTimeOffset now, float[]? expected)
    {
        lock (_gate)
        {
            return _builder.Close(version, now, expected);
        }
    }
}
