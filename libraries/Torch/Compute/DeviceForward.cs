using DaprMoE.Experts;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>
/// Experts on a device that computes a whole group at once: the call's rows go there together and come back together. It uses nothing that
/// only a GPU has, so the same tests hold it on the processor.
/// </summary>
internal sealed unsafe class DeviceForward : IGroupedForward
{
    private readonly int _hidden;
    private readonly Tensor _input;
    private readonly Tensor _indices;
    private readonly Tensor _gate;
    private readonly Tensor _up;
    private readonly Tensor _output;
    private readonly NativeBuffer _hostIndices;
    private readonly NativeBuffer _hostRows;

    /// <param name="device">The device.</param>
    /// <param name="type">The format that is computed in.</param>
    /// <param name="hidden">Width H of a row.</param>
    /// <param name="ffn">The largest width F of a gated product.</param>
    /// <param name="maxAssignments">Most assignments, and most input rows, of one call.</param>
    public DeviceForward(Device device, DType type, int hidden, int ffn, int maxAssignments)
    {
        _hidden = hidden;
        ScalarType format = type.ToTorch();
        try
        {
            _input = torch.empty(maxAssignments, hidden, dtype: format, device: device);
            _indices = torch.empty(maxAssignments, dtype: ScalarType.Int64, device: device);
            _gate = torch.empty((long)maxAssignments * ffn, dtype: format, device: device);
            _up = torch.empty((long)maxAssignments * ffn, dtype: format, device: device);
            _output = torch.empty(maxAssignments, hidden, dtype: format, device: device);
            _hostIndices = new NativeBuffer((long)maxAssignments * sizeof(long));
            _hostRows = new NativeBuffer((long)maxAssignments * hidden * sizeof(float));
        }
        catch
        {
            // The device's memory may end in the middle.
            Dispose();
            throw;
        }
    }

    public void Run(in ExpertWork work, LoadedExpert[] experts)
    {
        int rows = ListRows(work.Groups, work.Rows);
        using Tensor gathered = Gather(work.Input, rows);
        long first = 0;
        for (int i = 0; i < work.Groups.Length; i++)
        {
            Compute(experts[i], gathered, first, work.Groups[i].Count);
            first += work.Groups[i].Count;
        }

        using Tensor host = ForeignMemory.Matrix(_hostRows.Pointer, DType.F32, rows, _hidden);
        using Tensor results = _output.Rows(0, rows);
        host.copy_(results);
        Scatter(work.Groups, work.Output);
    }

    public void Dispose()
    {
        _input?.Dispose();
        _indices?.Dispose();
        _gate?.Dispose();
        _up?.Dispose();
        _output?.Dispose();
        _hostIndices?.Dispose();
        _hostRows?.Dispose();
    }

    private int ListRows(ReadOnlySpan<ReplicaGroup> groups, ReadOnlySpan<int> tokens)
    {
        long* indices = (long*)_hostIndices.Pointer;
        int count = 0;
        foreach (ReplicaGroup group in groups)
        {
            foreach (int token in tokens.Slice(group.First, group.Count))
            {
                indices[count++] = token;
            }
        }

        return count;
    }

    private Tensor Gather(ReadOnlySpan<float> values, int rows)
    {
        int inputRows = values.Length / _hidden;
        using Tensor input = _input.Rows(0, inputRows);
        using Tensor indices = _indices.Rows(0, rows);
        using Tensor hostIndices = ForeignMemory.Indices((long*)_hostIndices.Pointer, rows);
        indices.copy_(hostIndices);
        fixed (float* memory = values)
        {
            using Tensor host = ForeignMemory.Matrix(memory, DType.F32, inputRows, _hidden);
            input.copy_(host);
        }

        return input.index_select(0, indices);
    }

    private void Compute(LoadedExpert expert, Tensor gathered, long first, long count)
    {
        long ffn = expert.Down.size(0);
        using Tensor input = gathered.Rows(first, count);
        using Tensor gate = _gate.Matrix(0, count, ffn);
        using Tensor up = _up.Matrix(0, count, ffn);
        using Tensor output = _output.Rows(first, count);
        GatedNetwork.Run(expert, input, gate, up, output);
    }

    private void Scatter(ReadOnlySpan<ReplicaGroup> groups, Span<float> output)
    {
        float* source = _hostRows.Floats;
        foreach (ReplicaGroup group in groups)
        {
            int values = group.Count * _hidden;
            new ReadOnlySpan<float>(source, values).CopyTo(output[(group.First * _hidden)..]);
            source += values;
        }
    }
}
