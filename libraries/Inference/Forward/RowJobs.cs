using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>RMS norm of rows.</summary>
internal readonly unsafe struct NormJob(VectorMath math, float* input, float* weight, float* output, int rows, int width, float epsilon)
    : IWorkerJob
{
    public void Execute(int worker, int workers)
    {
        WorkShare share = new(rows, worker, workers);
        for (long row = share.From; row < share.To; row++)
        {
            long at = row * width;
            math.RmsNorm(input + at, weight, epsilon, output + at, width);
        }
    }
}

/// <summary>Adds rows to rows.</summary>
internal readonly unsafe struct AddJob(VectorMath math, float* target, float* addend, int rows, int width) : IWorkerJob
{
    public void Execute(int worker, int workers)
    {
        WorkShare share = new(rows, worker, workers);
        long from = share.From * width;
        math.Add(target + from, addend + from, (int)((share.To - share.From) * width));
    }
}
