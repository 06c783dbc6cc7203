using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>The gate, and the experts behind the MoE-layer port.</summary>
internal sealed unsafe class MoePart(ForwardContext context, MoeFeedForward description, int layer, IMoeLayer experts) : IFeedForwardPart
{
    private readonly MatMulTask[] _task = new MatMulTask[1];

    public void Run(LayerWeights weights, int rows)
    {
        ForwardWorkspace work = context.Workspace;
        int hidden = context.Model.HiddenSize;
        ReadOnlySpan<float> input = new(work.Normed, rows * hidden);
        context.Observer?.BeforeGate(layer, input);
        _task[0] = ForwardContext.Product(work.Normed, hidden, rows, weights.Gate!.Value, default, work.RouterLogits, description.Experts);
        context.MatMul.Run(_task);
        GateJob gate = new(context.Math, description, work, rows);
        context.Run(ref gate, rows);
        ReadOnlySpan<int> chosen = new(work.Experts, rows * description.TopK);
        ReadOnlySpan<float> combine = new(work.Weights, rows * description.TopK);
        context.Observer?.AfterGate(layer, new ReadOnlySpan<float>(work.RouterLogits, rows * description.Experts), chosen, combine);
        experts.Forward(new MoeLayerCall
        {
            Layer = layer,
            HiddenSize = hidden,
            TopK = description.TopK,
            Input = input,
            Experts = chosen,
            Weights = combine,
            Output = new Span<float>(work.Residual, rows * hidden),
            Abandoned = context.Abandoned,
        });
    }

    private readonly struct GateJob(VectorMath math, MoeFeedForward moe, ForwardWorkspace work, int rows) : IWorkerJob
    {
        public void Execute(int worker, int workers)
        {
            WorkShare share = new(rows, worker, workers);
            for (int row = (int)share.From; row < share.To; row++)
            {
                long experts = (long)row * moe.Experts;
                long slots = (long)row * moe.TopK;
                Gate.Choose(
                    math, moe, work.RouterLogits + experts, new Span<float>(work.RouterScores + experts, moe.Experts),
                    new Span<int>(work.Experts + slots, moe.TopK), new Span<float>(work.Weights + slots, moe.TopK));
            }
        }
    }
}
