using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Experts;

/// <summary>
/// Experts on the processor's cores: the packed file's map is their memory (warm = in the page cache), the kernels of Tensors
/// compute them. Bit-exact by the numerics rule. Called from the engine's thread only.
/// </summary>
public sealed unsafe class CpuExpertBackend : IExpertBackend
{
    private readonly PackedModel _model;
    private readonly LoadedExperts _loaded;
    private readonly MatMul _matMul;
    private readonly NativeBuffer _activated;
    private readonly MatMulTask[] _tasks;
    private readonly int _hidden;

    /// <param name="model">The model; stays open as long as this.</param>
    /// <param name="workers">The threads; their caller is the thread that calls <see cref="Forward"/>.</param>
    /// <param name="maxAssignments">Most assignments of one call.</param>
    /// <param name="width">Vector width of the kernels.</param>
    public CpuExpertBackend(PackedModel model, WorkerPool workers, int maxAssignments, VectorWidth width)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _hidden = model.Description.HiddenSize;
        List<MoeFeedForward> layers = [.. model.Description.Layers.OfType<MoeFeedForward>()];
        int experts = layers.Select(l => l.Experts).DefaultIfEmpty(0).Max();
        int ffn = layers.Select(l => l.FfnSize).DefaultIfEmpty(0).Max();
        _loaded = new LoadedExperts(model.Description);
        _matMul = new MatMul(workers, (long)maxAssignments * Math.Max(_hidden, ffn), width);
        _activated = new NativeBuffer(Math.Max(1, (long)maxAssignments * ffn) * sizeof(float));
        _tasks = new MatMulTask[experts];
    }

    /// <inheritdoc/>
    public string Name => "cpu";

    /// <inheritdoc/>
    public long BytesHeld { get; private set; }

    /// <inheritdoc/>
    public void Load(ExpertId expert)
    {
        if (_loaded.Add(expert, _model.ExpertAt(expert.Layer, expert.Expert, _model.MappedExpert(expert.Layer, expert.Expert))))
        {
            BytesHeld += _model.Expert(expert.Layer, expert.Expert).Bytes;
        }
    }

    /// <inheritdoc/>
    public void Free(ExpertId expert)
    {
        if (_loaded.Remove(expert))
        {
            BytesHeld -= _model.Expert(expert.Layer, expert.Expert).Bytes;
        }
    }

    /// <inheritdoc/>
    public void Forward(in ExpertWork work)
    {
        int ffn = ((MoeFeedForward)_model.Description.Layers[work.Layer]).FfnSize;
        fixed (float* input = work.Input)
        fixed (float* output = work.Output)
        fixed (int* rows = work.Rows)
        {
            for (int i = 0; i < work.Groups.Length; i++)
            {
                ReplicaGroup group = work.Groups[i];
                _tasks[i] = new MatMulTask
                {
                    Input = input,
                    InputStride = _hidden,
                    RowIndex = rows + group.First,
                    Rows = group.Count,
                    Weights = _loaded.Weights(work.Layer, group.Expert).GateUp,
                    Columns = ffn,
                    Output = _activated.Floats + ((long)group.First * ffn),
                    OutputStride = ffn,
                    Activation = MatMulActivation.GatedSilu,
                };
            }

            _matMul.Run(_tasks.AsSpan(0, work.Groups.Length));
            for (int i = 0; i < work.Groups.Length; i++)
            {
                ReplicaGroup group = work.Groups[i];
                _tasks[i] = new MatMulTask
                {
                    Input = _activated.Floats + ((long)group.First * ffn),
                    InputStride = ffn,
                    Rows = group.Count,
                    Weights = _loaded.Weights(work.Layer, group.Expert).Down,
                    Columns = _hidden,
                    Output = output + ((long)group.First * _hidden),
                    OutputStride = _hidden,
                };
            }

            _matMul.Run(_tasks.AsSpan(0, work.Groups.Length));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _matMul.Dispose();
        _activated.Dispose();
    }
}
