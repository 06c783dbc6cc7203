using TorchSharp;
using static TorchSharp.torch;

namespace DaprMoE.Torch.Benchmarks;

/// <summary>torch's own rate: one product of 4096³ with all threads of torch, which is what the expert layers are compared with.</summary>
internal sealed class MatrixRate : IDisposable
{
    private const long Size = 4096;

    private readonly int _threads;
    private readonly Tensor _left;
    private readonly Tensor _right;
    private readonly Tensor _product;

    public MatrixRate(ScalarType type, int threads)
    {
        _threads = threads;
        _left = torch.randn(Size, Size, dtype: type);
        _right = torch.randn(Size, Size, dtype: type);
        _product = torch.empty(Size, Size, dtype: type);
    }

    /// <summary>Floating-point operations of one run.</summary>
    public static double Operations => 2.0 * Size * Size * Size;

    public void Run()
    {
        torch.set_num_threads(_threads);
        _product.addmm_(_left, _right, beta: 0, alpha: 1);
        torch.set_num_threads(1);
    }

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
        _product.Dispose();
    }
}
