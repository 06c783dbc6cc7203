namespace DaprMoE.Scheduling;

/// <summary>Kinds of change that the search tries, in this order.</summary>
internal enum PlanMove
{
    /// <summary>One more copy.</summary>
    Add,

    /// <summary>One copy less.</summary>
    Drop,

    /// <summary>A copy goes to another device.</summary>
    Move,

    /// <summary>Copies of two experts change places.</summary>
    Swap,
}
