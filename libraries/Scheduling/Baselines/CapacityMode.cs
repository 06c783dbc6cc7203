namespace DaprMoE.Scheduling;

/// <summary>What the capacity-aware baseline does with tokens above an expert's capacity.</summary>
public enum CapacityMode
{
    /// <summary>They are dropped.</summary>
    Drop,

    /// <summary>They may go to other candidates below their capacity.</summary>
    Expanded,
}
