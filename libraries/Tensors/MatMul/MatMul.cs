namespace DaprMoE.Tensors;

/// <summary>
/// Multiplies rows of activations with packed weights on a <see cref="WorkerPool"/>. Each output is one chain of fused multiply-adds
/// over ascending inputs that starts at 0, so a row's bits depend on that row and the weights alone: not on the other rows, the threads,
/// the vector width or the split. One instance runs one call at a time; a call allocates nothing once the number of tasks has been seen.
/// </summary>
public sealed unsafe class MatMul : IDisposable
{
    private readonly WorkerPool _pool;
    private readonly NativeBuffer _packed;
    private readonly NativeBuffer _scratch;
    private readonly TileSizes _sizes;
    private readonly PanelKernel[] _kernels;
    private readonly MatMulPlan _plan;

    /// <summary>Allocates the buffers for packed activations.</summary>
    /// <param name="pool">The threads.</param>
    /// <param name="maxPackedFloats">
    /// The most floats that the distinct inputs of one call may hold: for each, rows times inputs (single rows are not packed).
    /// </param>
    /// <param name="width">The vector width, or null for <see cref="VectorWidths.Best"/>.</param>
    public MatMul(WorkerPool pool, long maxPackedFloats, VectorWidth? width = null)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentOutOfRangeException.ThrowIfNegative(maxPackedFloats);
        var chosen = width ?? VectorWidths.Best;
        _pool = pool;
        _packed = new NativeBuffer(maxPackedFloats * sizeof(float));
        _scratch = new NativeBuffer((long)pool.Workers * PanelKernel.ScratchFloats * sizeof(float));
        _sizes = TileSizes.For(chosen);
        _kernels = [.. Enum.GetValues<DType>().Select(type => PanelKernel.Create(chosen, type))];
        _plan = new MatMulPlan(_sizes, pool.Workers, maxPackedFloats);
    }

    /// <summary>
    /// Computes all tasks. Neighbouring tasks that read the same rows (query, key and value, say) share their packed activations.
    /// </summary>
    /// <exception cref="ArgumentException">A task's columns do not fit its weights, or the inputs are more than can be packed.</exception>
    public void Run(ReadOnlySpan<MatMulTask> tasks)
    {
        _plan.Build(tasks, _packed.Floats);
        if (_plan.PackedFloats > 0)
        {
            var pack = new PackJob(_plan, _sizes);
            _pool.Run(ref pack);
        }

        if (_plan.TotalCost > 0)
        {
            var compute = new ComputeJob(_plan, _kernels, _scratch.Floats);
            _pool.Run(ref compute);
        }
    }

    /// <summary>Frees the buffers; the pool stays.</summary>
    public void Dispose()
    {
        _packed.Dispose();
        _scratch.Dispose();
    }
}
