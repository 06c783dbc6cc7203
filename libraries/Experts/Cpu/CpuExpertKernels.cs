using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Experts;

/// <summary>
/// The kernels of the cpu backends of a process, with their scratch memory: as one thread computes at a time, all devices share it.
/// </summary>
internal sealed unsafe class CpuExpertKernels : IDisposable
{
    private readonly ModelDescription _model;
    private readonly MatMul _matMul;
    private readonly NativeBuffer _activated;
    private readonly MatMulTask[] _tasks;
    private readonly Lock _oneAtATime = new();

    /// <param name="model">The model.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="maxAssignments">Most assignments of one call.</param>
    /// <param name="width">Vector width of the kernels.</param>
    public CpuExpertKernels(ModelDescription model, WorkerPool workers, int maxAssignments, VectorWidth width)
    {
        _model = model;
        List<MoeFeedForward> layers = [.. model.Layers.OfType<MoeFeedForward>()];
        int experts = layers.Select(layer => layer.Experts).DefaultIfEmpty(0).Max();
        int ffn = layers.Select(layer => layer.FfnSize).DefaultIfEmpty(0).Max();
        _matMul = new MatMul(workers, (long)maxAssignments * Math.Max(model.HiddenSize, ffn), width);
        _activated = new NativeBuffer(Math.Max(1, (long)maxAssignments * ffn) * sizeof(float));
        _tasks = new MatMulTask[Math.Max(1, experts)];
    }

    /// <summary>Computes down( silu(gate x) * up x ) of all rows of all groups.</summary>
    public void Forward(in ExpertWork work, LoadedReplicas loaded)
    {
        lock (_oneAtATime)
        {
            int ffn = ((MoeFeedForward)_model.Layers[work.Layer]).FfnSize;
            for (int from = 0; from < work.Groups.Length; from += _tasks.Length)
            {
                int count = Math.Min(_tasks.Length, work.Groups.Length - from);
                Forward(in work, work.Groups.Slice(from, count), loaded, ffn);
            }
        }
    }

    public void Dispose()
    {
        _matMul.Dispose();
        _activated.Dispose();
    }

    private void Forward(in ExpertWork work, ReadOnlySpan<ReplicaGroup> groups, LoadedReplicas loaded, int ffn)
    {
        fixed (float* input = work.Input)
        fixed (float* output = work.Output)
        fixed (int* rows = work.Rows)
        {
            for (int i = 0; i < groups.Length; i++)
            {
                _tasks[i] = Up(groups[i], loaded.Weights(work.Layer, groups[i]).GateUp, input, rows, ffn);
            }

            _matMul.Run(_tasks.AsSpan(0, groups.Length));
            for (int i = 0; i < groups.Length; i++)
            {
                _tasks[i] = Down(groups[i], loaded.Weights(work.Layer, groups[i]).Down, output, ffn);
            }

            _matMul.Run(_tasks.AsSpan(0, groups.Length));
        }
    }

    private MatMulTask Up(ReplicaGroup group, PackedMatrix weights, float* input, int* rows, int ffn) => new()
    {
        Input = input,
        InputStride = _model.HiddenSize,
        RowIndex = rows + group.First,
        Rows = group.Count,
        Weights = weights,
        Columns = ffn,
        Output = _activated.Floats + ((long)group.First * ffn),
        OutputStride = ffn,
        Activation = MatMulActivation.GatedSilu,
    };

    private MatMulTask Down(ReplicaGroup group, PackedMatrix weights, float* output, int ffn) => new()
    {
        Input = _activated.Floats + ((long)group.First * ffn),
        InputStride = ffn,
        Rows = group.Count,
        Weights = weights,
        Columns = _model.HiddenSize,
        Output = output + ((long)group.First * _model.HiddenSize),
        OutputStride = _model.HiddenSize,
    };
}
