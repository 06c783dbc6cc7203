namespace DaprMoE.Autoscaler;

/// <summary>The box of a process that hears of no expert host yet: no plans are made.</summary>
internal sealed class NoDevices : IPlanningBoxSource
{
    public PlanningBox? Current => null;
}
