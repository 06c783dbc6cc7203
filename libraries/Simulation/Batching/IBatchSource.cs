namespace DaprMoE.Simulation;

/// <summary>Forms the batches of one run: what each iteration computes, and when it may start.</summary>
internal interface IBatchSource
{
    /// <summary>Forms the next batch.</summary>
    /// <param name="now">When the previous iteration ended, s.</param>
    /// <param name="batch">Receives the batch.</param>
    /// <param name="start">When the iteration starts, s; not before <paramref name="now"/>.</param>
    /// <returns>False when there is no more to compute.</returns>
    bool TryNext(double now, Batch batch, out double start);

    /// <summary>The iteration of the last batch ended.</summary>
    /// <param name="start">When it started, s.</param>
    /// <param name="end">When it ended, s.</param>
    /// <param name="times">Receives the times that requests saw.</param>
    void Complete(double start, double end, RequestTimes times);
}
