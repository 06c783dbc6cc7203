namespace DaprMoE.Tensors;

/// <summary>Packs the activations of all tasks; each worker takes the tiles that start in its share of the packed floats.</summary>
internal readonly unsafe struct PackJob(MatMulPlan plan, TileSizes sizes) : IWorkerJob
{
    public void Execute(int worker, int workers)
    {
        WorkShare share = new(plan.PackedFloats, worker, workers);
        var (first, end) = (share.From, share.To);
        foreach (ref readonly var planned in plan.Tasks)
        {
            var length = (long)planned.Task.Rows * planned.Task.Weights.Inputs;
            if (planned.PackOffset >= 0 && planned.PackOffset < end && planned.PackOffset + length > first)
            {
                PackTiles(planned, first - planned.PackOffset, end - planned.PackOffset);
            }
        }
    }

    private void PackTiles(in PlannedTask planned, long first, long end)
    {
        var inputs = planned.Task.Weights.Inputs;
        int rows;
        for (var row = 0; row < planned.Task.Rows; row += rows)
        {
            rows = sizes.Next(planned.Task.Rows - row);
            var offset = (long)row * inputs;
            if (offset >= first && offset < end)
            {
                ActivationPacker.PackTile(planned.Task, row, rows, planned.Packed + offset);
            }
        }
    }
}
