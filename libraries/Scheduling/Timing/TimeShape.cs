namespace DaprMoE.Scheduling;

/// <summary>How the time of a replica grows with its tokens.</summary>
public enum TimeShape
{
    /// <summary>In proportion to the tokens (the MoEless paper).</summary>
    Linear,

    /// <summary>The larger of reading the weights once and computing the tokens, plus a constant per call.</summary>
    Roofline,
}
