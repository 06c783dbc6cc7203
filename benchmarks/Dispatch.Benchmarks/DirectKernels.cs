using DaprMoE.Models;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Dispatch.Benchmarks;

/// <summary>The expert kernels alone: two grouped products per layer, nothing combined. As a transport, one device that does nothing else.</summary>
internal sealed unsafe class DirectKernels : IExpertTransport, IDisposable
{
    private readonly PackedModel _model;
    private readonly LayerInput _input;
    private readonly MatMul _matMul;
    private readonly NativeBuffer _activated;
    private readonly NativeBuffer _output;
    private readonly NativeBuffer _index;
    private readonly ReplicaGroup[] _groups;
    private readonly MatMulTask[] _tasks;

    public DirectKernels(PackedModel model, WorkerPool workers, LayerInput input)
    {
        _model = model;
        _input = input;
        long pairs = input.Experts.Length;
        _matMul = new MatMul(workers, pairs * Math.Max(input.Hidden, input.Moe.FfnSize));
        _activated = new NativeBuffer(pairs * input.Moe.FfnSize * sizeof(float));
        _output = new NativeBuffer(pairs * input.Hidden * sizeof(float));
        _index = new NativeBuffer(pairs * sizeof(int));
        _groups = [.. Group()];
        _tasks = new MatMulTask[input.Moe.Experts];
    }

    public string Name => "kernels";

    /// <summary>Computes the input's groups in a layer.</summary>
    public void Run(int layer)
    {
        fixed (float* input = _input.Input)
        {
            Run(layer, _groups, input, (int*)_index.Pointer, _output.Floats);
        }
    }

    public void Start(ExpertCall call)
    {
    }

    public CallOutcome Wait(ExpertCall call)
    {
        LayerAssignments all = call.Assignments;
        fixed (int* rows = all.Tokens)
        {
            Run(all.Layer, call.Groups, all.Input, rows, all.Output);
        }

        return CallOutcome.Done;
    }

    public void Dispose()
    {
        _matMul.Dispose();
        _activated.Dispose();
        _output.Dispose();
        _index.Dispose();
    }

    private void Run(int layer, ReadOnlySpan<ReplicaGroup> groups, float* input, int* rows, float* output)
    {
        int ffn = _input.Moe.FfnSize;
        for (int i = 0; i < groups.Length; i++)
        {
            _tasks[i] = new MatMulTask
            {
                Input = input,
                InputStride = _input.Hidden,
                RowIndex = rows + groups[i].First,
                Rows = groups[i].Count,
                Weights = Weights(layer, groups[i].Expert).GateUp,
                Columns = ffn,
                Output = _activated.Floats + ((long)groups[i].First * ffn),
                OutputStride = ffn,
                Activation = MatMulActivation.GatedSilu,
            };
        }

        _matMul.Run(_tasks.AsSpan(0, groups.Length));
        for (int i = 0; i < groups.Length; i++)
        {
            _tasks[i] = new MatMulTask
            {
                Input = _activated.Floats + ((long)groups[i].First * ffn),
                InputStride = ffn,
                Rows = groups[i].Count,
                Weights = Weights(layer, groups[i].Expert).Down,
                Columns = _input.Hidden,
                Output = output + ((long)groups[i].First * _input.Hidden),
                OutputStride = _input.Hidden,
            };
        }

        _matMul.Run(_tasks.AsSpan(0, groups.Length));
    }

    private GatedWeights Weights(int layer, int expert) => _model.ExpertAt(layer, expert, _model.MappedExpert(layer, expert));

    private List<ReplicaGroup> Group()
    {
        List<ReplicaGroup> groups = [];
        int next = 0;
        for (int expert = 0; expert < _input.Moe.Experts; expert++)
        {
            int first = next;
            for (int pair = 0; pair < _input.Experts.Length; pair++)
            {
                if (_input.Experts[pair] == expert)
                {
                    ((int*)_index.Pointer)[next++] = pair / _input.Moe.TopK;
                }
            }

            if (next > first)
            {
                groups.Add(new ReplicaGroup(expert, Index: 0, first, next - first));
            }
        }

        return groups;
    }
}
