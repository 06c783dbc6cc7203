namespace DaprMoE.Autoscaler;

/// <summary>Knows which devices are alive; the process that composes the autoscaler adds one.</summary>
public interface IPlanningBoxSource
{
    /// <summary>The box as it is now; null while no device is known. A new object when something changed. Safe for any thread.</summary>
    PlanningBox? Current { get; }
}
