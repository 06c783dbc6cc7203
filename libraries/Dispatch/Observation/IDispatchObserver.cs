namespace DaprMoE.Dispatch;

/// <summary>Is told how each layer went. Called from the engine's thread, so it has to be quick.</summary>
public interface IDispatchObserver
{
    /// <summary>A layer's rows are combined.</summary>
    /// <param name="layer">What it took; valid during the call only.</param>
    void LayerDone(in LayerDispatch layer);
}
