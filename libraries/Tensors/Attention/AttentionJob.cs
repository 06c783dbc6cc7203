namespace DaprMoE.Tensors;

/// <summary>Each worker computes tiles until none is left.</summary>
internal readonly unsafe struct AttentionJob(
    AttentionSchedule schedule, AttentionKernel kernel, AttentionRows rows, float* scratch, nint scratchFloats) : IWorkerJob
{
    public void Execute(int worker, int workers)
    {
        var own = scratch + (worker * scratchFloats);
        while (schedule.TryTake(out var tile))
        {
            kernel.Run(tile, rows, own);
        }
    }
}
