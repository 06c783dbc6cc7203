using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>down( silu(gate x) * up x ) for every row.</summary>
internal sealed unsafe class DensePart(ForwardContext context, DenseFeedForward description) : IFeedForwardPart
{
    private readonly MatMulTask[] _task = new MatMulTask[1];

    public void Run(LayerWeights weights, int rows)
    {
        ForwardWorkspace work = context.Workspace;
        GatedWeights dense = weights.Dense!.Value;
        int hidden = context.Model.HiddenSize;
        int ffn = description.FfnSize;
        _task[0] = ForwardContext.Product(work.Normed, hidden, rows, dense.GateUp, default, work.Activated, ffn) with
        {
            Activation = MatMulActivation.GatedSilu,
        };
        context.MatMul.Run(_task);
        _task[0] = ForwardContext.Product(work.Activated, ffn, rows, dense.Down, default, work.Residual, hidden);
        context.MatMul.Run(_task);
    }
}
