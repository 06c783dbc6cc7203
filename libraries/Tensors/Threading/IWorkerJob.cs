namespace DaprMoE.Tensors;

/// <summary>Work that all threads of a <see cref="WorkerPool"/> do together.</summary>
public interface IWorkerJob
{
    /// <summary>Does one worker's part.</summary>
    /// <param name="worker">Which worker: 0 is the thread that called <see cref="WorkerPool.Run"/>.</param>
    /// <param name="workers">How many there are.</param>
    void Execute(int worker, int workers);
}
