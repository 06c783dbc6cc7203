namespace DaprMoE.Tensors;

/// <summary>Computes the units of each worker's share: one contiguous stretch of the sequence, hence of each matrix.</summary>
internal readonly unsafe struct ComputeJob(MatMulPlan plan, PanelKernel[] kernels, float* scratch) : IWorkerJob
{
    public void Execute(int worker, int workers)
    {
        var first = plan.TotalCost * worker / workers;
        var end = plan.TotalCost * (worker + 1) / workers;
        var own = scratch + (worker * (nint)PanelKernel.ScratchFloats);
        foreach (ref readonly var planned in plan.Tasks)
        {
            var firstUnit = planned.UnitAt(first);
            var endUnit = planned.UnitAt(end);
            if (firstUnit < endUnit)
            {
                RunUnits(planned, firstUnit, endUnit, own);
            }
        }
    }

    private void RunUnits(in PlannedTask planned, int first, int end, float* own)
    {
        var kernel = kernels[(int)planned.Task.Weights.Type];
        var perPart = planned.Task.Units;
        while (first < end)
        {
            var part = first / perPart;
            var partStart = part * perPart;
            var stop = Math.Min(end, partStart + perPart);
            var (firstRow, endRow) = plan.RowsOf(planned, part);
            kernel.Run(planned, firstRow, endRow, first - partStart, stop - partStart, own);
            first = stop;
        }
    }
}
