using DaprMoE.Inference;
using DaprMoE.Ports;
using DaprMoE.Tensors;

namespace DaprMoE.Dispatch;

/// <summary>Writes a layer's output rows from its assignments' rows.</summary>
internal sealed unsafe class LayerCombine(WorkerPool workers, VectorWidth width)
{
    private readonly VectorMath _math = VectorMath.For(width);

    /// <param name="call">The layer.</param>
    /// <param name="order">Where each pair's assignment is.</param>
    /// <param name="assignments">The assignments, their rows written.</param>
    public void Run(in MoeLayerCall call, AssignmentOrder order, LayerAssignments assignments)
    {
        Span<byte> covered = assignments.Covered;
        fixed (int* slots = order.Slots)
        fixed (float* weights = call.Weights)
        fixed (float* output = call.Output)
        fixed (byte* sums = covered)
        {
            CombineJob job = new()
            {
                Math = _math,
                Rows = assignments.Output,
                Slots = slots,
                Weights = weights,
                Covered = covered.ContainsAnyExcept((byte)0) ? sums : null,
                Output = output,
                TopK = call.TopK,
                HiddenSize = call.HiddenSize,
                Tokens = call.Experts.Length / call.TopK,
            };
            if (job.Tokens < CombineJob.ParallelTokens)
            {
                job.Execute(0, 1);
            }
            else
            {
                workers.Run(ref job);
            }
        }
    }
}
