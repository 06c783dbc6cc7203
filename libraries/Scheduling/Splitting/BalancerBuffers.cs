namespace DaprMoE.Scheduling;

/// <summary>What the balanced rules work in; kept in the result so that the rules hold no state.</summary>
internal sealed class BalancerBuffers
{
}
