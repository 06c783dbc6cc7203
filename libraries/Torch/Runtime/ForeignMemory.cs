using System.Runtime.InteropServices;
using DaprMoE.Tensors;
using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>
/// Tensors over memory that is not torch's own. TorchSharp has no public way to do that; the entry point is its own, and no stable one,
/// so this class alone calls it and a test holds what it does.
/// </summary>
internal static unsafe partial class ForeignMemory
{
    private const int Cpu = 0;

    /// <summary>A matrix [rows, columns] over memory that outlives it.</summary>
    public static Tensor Matrix(void* memory, DType type, long rows, long columns)
    {
        long* sizes = stackalloc long[] { rows, columns };
        return Wrap(memory, type, sizes, 2);
    }

    /// <summary>Values in a row over memory that outlives the tensor.</summary>
    public static Tensor Vector(void* memory, DType type, long elements) => Wrap(memory, type, &elements, 1);

    /// <summary>Row numbers over memory that outlives the tensor.</summary>
    public static Tensor Indices(long* memory, long count) => Wrap(memory, ScalarType.Int64, &count, 1);

    private static Tensor Wrap(void* memory, DType type, long* sizes, int dimensions) => Wrap(memory, type.ToTorch(), sizes, dimensions);

    private static Tensor Wrap(void* memory, ScalarType type, long* sizes, int dimensions)
    {
        nint handle = New((nint)memory, deleter: 0, sizes, dimensions, (sbyte)type, (sbyte)type, Cpu, deviceIndex: -1, requiresGrad: 0);
        return handle != 0
            ? Tensor.UnsafeCreateTensor(handle)
            : throw new InvalidOperationException($"libtorch makes no tensor of {type} over memory of this process.");
    }

    [LibraryImport("LibTorchSharp", EntryPoint = "THSTensor_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial nint New(
        nint data, nint deleter, long* sizes, int dimensions, sbyte type, sbyte dtype, int deviceType, int deviceIndex, byte requiresGrad);
}
