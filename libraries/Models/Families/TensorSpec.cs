namespace DaprMoE.Models;

/// <summary>A tensor that a model needs.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Shape">Its dimensions, [outputs, inputs] or [values].</param>
/// <param name="Role">What it is for.</param>
internal readonly record struct TensorSpec(string Name, long[] Shape, TensorRole Role)
{
    public long Elements => Shape.Aggregate(1L, (product, dimension) => product * dimension);

    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
