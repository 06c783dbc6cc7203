using System.Runtime.Intrinsics;

namespace DaprMoE.Tensors;

/// <summary>
/// The arithmetic of a model's rows outside its matrix products. All results are bit-equal for every <see cref="VectorWidth"/>;
/// sums have one fixed order: element i goes to sum i mod 16, and the 16 sums are added by a fixed tree. Pointers need no alignment, and
/// a result may overwrite an input of the same call if it begins at the same address.
/// </summary>
public abstract unsafe class VectorMath
{
    private static readonly VectorMath Math128 = new VectorMath<Simd128, Vector128<float>>();
    private static readonly VectorMath Math256 = new VectorMath<Simd256, Vector256<float>>();
    private static readonly VectorMath Math512 = new VectorMath<Simd512, Vector512<float>>();

    private protected VectorMath()
    {
    }

    /// <summary>The implementation for this processor's widest vectors.</summary>
    public static VectorMath Best => For(VectorWidths.Best);

    /// <summary>The implementation for a width.</summary>
    public static VectorMath For(VectorWidth width) => width switch
    {
        VectorWidth.Bits512 => Math512,
        VectorWidth.Bits256 => Math256,
        _ => Math128,
    };

    /// <summary>y = x / sqrt(mean(x²) + <paramref name="epsilon"/>) · weight.</summary>
    public abstract void RmsNorm(float* x, float* weight, float epsilon, float* y, int n);

    /// <summary>y = e^x, within 1.01 units in the last place.</summary>
    public abstract void Exp(float* x, float* y, int n);

    /// <summary>y = x / (1 + e^-x).</summary>
    public abstract void Silu(float* x, float* y, int n);

    /// <summary>y = silu(gate)·up.</summary>
    public abstract void SiluMultiply(float* gate, float* up, float* y, int n);

    /// <summary>y += x.</summary>
    public abstract void Add(float* y, float* x, int n);

    /// <summary>x *= factor.</summary>
    public abstract void Scale(float* x, float factor, int n);

    /// <summary>y = e^(x - max) / sum: n numbers that add up to 1.</summary>
    public abstract void Softmax(float* x, float* y, int n);

    /// <summary>
    /// Rotates one head in place (rotary embedding with split halves, h = d/2):
    /// x[i] becomes x[i]·cos[i] - x[i + h]·sin[i], and x[i + h] becomes x[i + h]·cos[i] + x[i]·sin[i].
    /// </summary>
    /// <param name="x">The head, <paramref name="d"/> floats.</param>
    /// <param name="cos">d/2 cosines of the row's position.</param>
    /// <param name="sin">d/2 sines.</param>
    /// <param name="d">The head size, even.</param>
    public abstract void Rotate(float* x, float* cos, float* sin, int d);

    /// <summary>
    /// The index of the largest value, the first of them if there are several; NaN counts as smaller than all. 0 for n = 0.
    /// </summary>
    public abstract int ArgMax(float* x, int n);

    /// <summary>
    /// Combines experts' rows: the terms weight·row, each rounded, are added by a fixed binary tree (neighbours in pairs; an odd
    /// one moves up).
    /// </summary>
    /// <param name="rows">All rows.</param>
    /// <param name="stride">Floats from row to row.</param>
    /// <param name="rowIndex">The row of each term, in ascending expert id.</param>
    /// <param name="weights">The combine weight of each term.</param>
    /// <param name="k">Terms; 0 gives zeros.</param>
    /// <param name="output">Receives n floats; not one of the rows.</param>
    /// <param name="n">Floats of a row.</param>
    public abstract void Combine(float* rows, nint stride, int* rowIndex, float* weights, int k, float* output, int n);

    /// <summary>
    /// Combines rows of which some hold sums of several terms already: the bits are those of <see cref="Combine"/> over all rows. A sum is a
    /// complete subtree of the tree (<see cref="CombineSubtree"/>), made by <see cref="Combine"/> from its terms alone.
    /// </summary>
    /// <param name="rows">All rows.</param>
    /// <param name="stride">Floats from row to row.</param>
    /// <param name="rowIndex">The row of each term, in ascending expert id; read where a raw row or a sum begins.</param>
    /// <param name="weights">The combine weight of each term; read for raw rows.</param>
    /// <param name="covered">
    /// For each term what its row holds: 0 the expert's row as it is, n above 0 the weighted sum of the n terms from it on. What a sum covers
    /// after its first term is not read. A sum that is no complete subtree is not detected here, and makes the result undefined.
    /// </param>
    /// <param name="k">Terms, at most <see cref="CombineSubtree.MaxTerms"/>; 0 gives zeros.</param>
    /// <param name="output">Receives n floats; not one of the rows.</param>
    /// <param name="n">Floats of a row.</param>
    public abstract void CombineCovered(
        float* rows, nint stride, int* rowIndex, float* weights, byte* covered, int k, float* output, int n);

    /// <summary>Converts n stored values to floats, exactly.</summary>
    public static void Widen(DType type, byte* source, float* destination, int n) => Widening.Widen(type, source, destination, n);
}
