using System.Diagnostics.CodeAnalysis;
using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// Brings transitions to the listener in order, outside the device's lock: they are added under the lock, and whichever thread comes
/// by first delivers all there are.
/// </summary>
/// <param name="device">The device's name.</param>
/// <param name="listener">Told; null for nobody.</param>
internal sealed class TransitionFeed(string device, IResidencyListener? listener)
{
    private readonly Lock _delivery = new();
    private readonly Lock _pendingGate = new();
    private List<ResidencyTransition> _pending = [];
    private List<ResidencyTransition> _delivered = [];

    /// <summary>Called under the device's lock.</summary>
    public void Add(ReadOnlySpan<ResidencyTransition> transitions)
    {
        if (listener is not null && !transitions.IsEmpty)
        {
            lock (_pendingGate)
            {
                _pending.AddRange(transitions);
            }
        }
    }

    /// <summary>
    /// Called without the device's lock. When it returns, what was added before is delivered, here or by another thread soon.
    /// </summary>
    public void Deliver()
    {
        while (listener is not null && !_delivery.IsHeldByCurrentThread && HasPending() && _delivery.TryEnter())
        {
            try
            {
                Take();
                foreach (ResidencyTransition transition in _delivered)
                {
                    listener.Moved(in transition);
                }
            }
            finally
            {
                _delivery.Exit();
            }
        }
    }

    /// <summary>Called without the device's lock.</summary>
    public void LoadFailed(ReplicaId replica, Exception error)
    {
        lock (_delivery)
        {
            listener?.LoadFailed(replica, error);
        }
    }

    /// <summary>Called without the device's lock, when the device is lost; brings what led to it, and never throws.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The listener may be what failed; there is nobody else to tell.")]
    public void DeviceFailed(Exception error)
    {
        try
        {
            lock (_delivery)
            {
                listener?.DeviceFailed(device, error);
            }

            Deliver();
        }
        catch (Exception)
        {
            // The device is lost all the same.
        }
    }

    private bool HasPending()
    {
        lock (_pendingGate)
        {
            return _pending.Count > 0;
        }
    }

    private void Take()
    {
        lock (_pendingGate)
        {
            _delivered.Clear();
            (_pending, _delivered) = (_delivered, _pending);
        }
    }
}
