namespace DaprMoE.Tensors;

/// <summary>An even split of work: worker w of n does the items [From, To).</summary>
public readonly ref struct WorkShare
{
    /// <param name="total">Items of all workers together.</param>
    /// <param name="worker">The worker, from 0.</param>
    /// <param name="workers">Workers.</param>
    public WorkShare(long total, int worker, int workers)
    {
        From = total * worker / workers;
        To = total * (worker + 1) / workers;
    }

    /// <summary>The first item.</summary>
    public long From { get; }

    /// <summary>The item behind the last one.</summary>
    public long To { get; }
}
