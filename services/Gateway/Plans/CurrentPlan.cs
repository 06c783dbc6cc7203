using DaprMoE.Ports;

namespace DaprMoE.Gateway;

/// <summary>The plan in force, as this gateway saw it last. Safe for any thread.</summary>
public sealed class CurrentPlan
{
    private volatile PlanDocument? _current;

    /// <summary>The plan; null before the first, when experts are at their static homes.</summary>
    public PlanDocument? Current => _current;

    /// <summary>Raised when another plan is in force, on the thread that saw it.</summary>
    public event Action<PlanDocument>? Changed;

    internal void Show(PlanDocument plan)
    {
        _current = plan;
        Changed?.Invoke(plan);
    }
}
