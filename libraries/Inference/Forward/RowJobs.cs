using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>Splits rows evenly: worker w of n gets rows [from, to).</summary>
internal readonly ref struct RowShare
{
    public RowShare(int rows, int worker, int workers)
    {
        From = (int)((long)rows * worker / workers);
        To = (int)((long)rows * (worker + 1) / workers);
    }

    public int From { get; }

    public int To { get; }
}

/// <summary>RMS norm of rows.</summary>
internal readonly unsafe struct NormJob(VectorMath math, float* input, float* weight, float* output, int rows, int width, float epsilon)
    : IWorkerJob
{
    public void Execute(int worker, int workers)
    {
        RowShare share = new(rows, worker, workers);
        for (int row = share.From; row < share.To; row++)
        {
            long at = (long)row * width;
            math.RmsNorm(input + at, weight, epsilon, output + at, width);
        }
    }
}

/// <summary>Adds rows to rows.</summary>
internal readonly unsafe struct AddJob(VectorMath math, float* target, float* addend, int rows, int width) : IWorkerJob
{
    public void Execute(int worker, int workers)
    {
        RowShare share = new(rows, worker, workers);
        long from = (long)share.From * width;
        math.Add(target + from, addend + from, (share.To - share.From) * width);
    }
}
