namespace DaprMoE.Tensors;

/// <summary>Computes the units of each worker's share: one contiguous stretch of the sequence, hence of each matrix.</summary>
internal readonly unsafe struct ComputeJob(MatMulPlan plan, PanelKernel[] kernels, float* scratch) : IWorkerJob
{
    public void Execute(int worker, int workers)
    {
        WorkShare share = new(plan.TotalCost, worker, workers);
        var (first, end) = (share.From, share.To);
        var own = scratch + (worker * (nint)PanelKernel.ScratchFloats);
        var tasks = plan.Tasks;
        for (var i = 0; i < tasks.Length; i++)
        {
            ref readonly var planned = ref tasks[i];
            var firstUnit = planned.UnitAt(first);
            var endUnit = planned.UnitAt(end);
            if (firstUnit < endUnit)
            {
                RunUnits(planned, firstUnit, endUnit, NextWeights(tasks[(i + 1)..], first, end), own);
            }
        }
    }

    /// <summary>Where this worker reads on after a task; null when that was its last.</summary>
    private static byte* NextWeights(ReadOnlySpan<PlannedTask> tasks, long first, long end)
    {
        foreach (ref readonly var planned in tasks)
        {
            var firstUnit = planned.UnitAt(first);
            if (firstUnit < planned.UnitAt(end))
            {
                return planned.Task.UnitWeights(firstUnit % planned.Task.Units);
            }
        }

        return null;
    }

    private void RunUnits(in PlannedTask planned, int first, int end, byte* next, float* own)
    {
        var kernel = kernels[(int)planned.Task.Weights.Type];
        var perPart = planned.Task.Units;
        while (first < end)
        {
            var part = first / perPart;
            var partStart = part * perPart;
            var stop = Math.Min(end, partStart + perPart);
            var (firstRow, endRow) = plan.RowsOf(planned, part);
            kernel.Run(planned, firstRow, endRow, first - partStart, stop - partStart, stop == end ? next : null, own);
            first = stop;
        }
    }
}
