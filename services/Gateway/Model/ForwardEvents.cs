using DaprMoE.Inference;

namespace DaprMoE.Gateway;

/// <summary>Passes on what a forward pass shows to whoever watches. Those may come when the engine runs already.</summary>
public sealed class ForwardEvents : IForwardObserver
{
    private readonly Lock _gate = new();
    private volatile IForwardObserver[] _observers = [];

    /// <summary>Adds one that is told on the engine's thread, from the next iteration on or in the middle of one.</summary>
    public void Watch(IForwardObserver observer)
    {
        lock (_gate)
        {
            _observers = [.. _observers, observer];
        }
    }

    /// <inheritdoc/>
    public void BeforeLayers(in ForwardRows rows)
    {
        foreach (IForwardObserver observer in _observers)
        {
            observer.BeforeLayers(in rows);
        }
    }

    /// <inheritdoc/>
    public void BeforeGate(int layer, ReadOnlySpan<float> gateInput)
    {
        foreach (IForwardObserver observer in _observers)
        {
            observer.BeforeGate(layer, gateInput);
        }
    }

    /// <inheritdoc/>
    public void AfterGate(int layer, ReadOnlySpan<float> routerLogits, ReadOnlySpan<int> experts, ReadOnlySpan<float> weights)
    {
        foreach (IForwardObserver observer in _observers)
        {
            observer.AfterGate(layer, routerLogits, experts, weights);
        }
    }
}
