using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>What the parts of a forward pass share: its workspace, its kernels and its threads.</summary>
internal sealed unsafe class ForwardContext(
    ModelDescription model, ForwardWorkspace workspace, MatMul matMul, VectorMath math, WorkerPool workers, IForwardObserver? observer)
{
    /// <summary>From this many rows on, work that goes row by row is worth a fork and join of the workers.</summary>
    public const int ParallelRows = 8;

    public ModelDescription Model { get; } = model;

    public ForwardWorkspace Workspace { get; } = workspace;

    public MatMul MatMul { get; } = matMul;

    public VectorMath Math { get; } = math;

    public WorkerPool Workers { get; } = workers;

    public IForwardObserver? Observer { get; } = observer;

    /// <summary>Cancelled when nobody waits for the running iteration any more.</summary>
    public CancellationToken Abandoned { get; set; }

    /// <summary>A product of contiguous rows with a matrix.</summary>
    public static MatMulTask Product(
        float* input, int inputWidth, int rows, PackedMatrix matrix, VectorView bias, float* output, int outputs) => new()
        {
            Input = input,
            InputStride = inputWidth,
            Rows = rows,
            Weights = matrix,
            Bias = (float*)bias.Data,
            Columns = outputs,
            Output = output,
            OutputStride = outputs,
        };

    /// <summary>Norms rows of width H.</summary>
    public void Norm(float* input, VectorView weight, float* output, int rows)
    {
        NormJob job = new(Math, input, (float*)weight.Data, output, rows, Model.HiddenSize, Model.NormEpsilon);
        Run(ref job, rows);
    }

    /// <summary>Adds rows of width H to others.</summary>
    public void AddRows(float* target, float* addend, int rows)
    {
        AddJob job = new(Math, target, addend, rows, Model.HiddenSize);
        Run(ref job, rows);
    }

    /// <summary>Runs a job on all workers, or on this thread alone when there are few rows.</summary>
    public void Run<TJob>(ref TJob job, int rows)
        where TJob : struct, IWorkerJob
    {
        if (rows < ParallelRows)
        {
            job.Execute(0, 1);
        }
        else
        {
            Workers.Run(ref job);
        }
    }
}
