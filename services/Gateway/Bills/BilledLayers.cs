using DaprMoE.Dispatch;
using DaprMoE.Inference;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>
/// Books the runs of layers: whose rows they have, how long they take, how many experts they call, also when they fail. Used by the
/// engine's thread alone; allocates nothing.
/// </summary>
/// <param name="layers">What runs them.</param>
/// <param name="book">Where they are booked.</param>
/// <param name="mostSequences">Most sequences of an iteration.</param>
internal sealed class BilledLayers(IMoeLayer layers, BillBook book, int mostSequences) : IMoeLayer, IDispatchObserver
{
    private readonly RequestTokens[] _tokens = new RequestTokens[mostSequences];
    private int _requests;
    private int _calls;
    private int _staticCalls;

    /// <inheritdoc/>
    public void BeginIteration(in ForwardRows rows)
    {
        _requests = 0;
        foreach (ForwardRun run in rows.Runs)
        {
            if (run.RequestId is { } id)
            {
                _tokens[_requests++] = new RequestTokens(id, run.Rows);
            }
        }

        layers.BeginIteration(in rows);
    }

    /// <inheritdoc/>
    public void Forward(in MoeLayerCall call)
    {
        (_calls, _staticCalls) = (0, 0);
        BilledRun run = book.BeginRun(call.Layer, _tokens.AsSpan(0, _requests));
        try
        {
            layers.Forward(in call);
        }
        finally
        {
            book.EndRun(run, _calls, _staticCalls);
        }
    }

    /// <inheritdoc/>
    public void LayerDone(in LayerDispatch layer)
    {
        _calls = layer.Calls.Replicas;
        foreach (int load in layer.Loads)
        {
            _staticCalls += load > 0 ? 1 : 0;
        }
    }
}
