using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>A small network whose parameters training changes. All parameters lie in one block, all gradients in another.</summary>
internal abstract unsafe class TrainableNetwork : IDisposable
{
    private readonly NativeBuffer _parameters;
    private readonly NativeBuffer _gradients;

    protected TrainableNetwork(int inputs, int outputs, int floats, int maxRows)
    {
        Inputs = inputs;
        Outputs = outputs;
        Length = floats;
        MaxRows = maxRows;
        _parameters = new NativeBuffer((long)floats * sizeof(float));
        _gradients = new NativeBuffer((long)floats * sizeof(float));
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Floats of all parameters, padding included.</summary>
    public int Length { get; }

    /// <summary>Most rows of one batch.</summary>
    public int MaxRows { get; }

    public float* Parameters => _parameters.Floats;

    public float* Gradients => _gradients.Floats;

    /// <summary>The widest row that is multiplied, for the buffers of the products.</summary>
    public abstract int WidestRow { get; }

    /// <summary>Logits [rows, outputs] of rows, taken by index or in order.</summary>
    public abstract void Forward(MatMul matMul, float* x, int* rowIndex, int rows, float* logits);

    /// <summary>Fills the gradients from those of the logits [rows, outputs], after <see cref="Forward"/> on the same rows.</summary>
    public abstract void Backward(MatMul matMul, float* x, int* rowIndex, int rows, float* logitGradients);

    /// <summary>The parameters as they are now, rounded to what serves.</summary>
    public abstract NetworkWeights ToWeights();

    public virtual void Dispose()
    {
        _parameters.Dispose();
        _gradients.Dispose();
    }
}
