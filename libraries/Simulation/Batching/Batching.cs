namespace DaprMoE.Simulation;

/// <summary>How requests that arrive form batches.</summary>
public enum Batching
{
    /// <summary>Sequences join and leave between iterations; prompts are computed in chunks within a budget of tokens.</summary>
    Continuous,

    /// <summary>All requests of one second are one batch, computed to its end (the MoEless paper).</summary>
    Second,
}
