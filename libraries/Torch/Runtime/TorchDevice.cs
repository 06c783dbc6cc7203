using System.Globalization;
using DaprMoE.Experts;
using TorchSharp;

namespace DaprMoE.Torch;

/// <summary>Where torch computes; prints as <c>cpu</c> or <c>cuda:N</c>.</summary>
/// <param name="CudaIndex">The GPU, from 0; null: the processor's cores.</param>
public readonly record struct TorchDevice(int? CudaIndex)
{
    private const string CudaPrefix = "cuda:";

    /// <summary>The processor's cores.</summary>
    public static TorchDevice Cpu => default;

    /// <summary>Whether it is a GPU.</summary>
    public bool IsCuda => CudaIndex is not null;

    /// <summary>Reads <c>cpu</c>, <c>cuda</c> (the first GPU) or <c>cuda:N</c>; null for anything else.</summary>
    public static TorchDevice? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text switch
        {
            "cpu" => Cpu,
            "cuda" => new TorchDevice(0),
            _ when text.StartsWith(CudaPrefix, StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(CudaPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int index) =>
                new TorchDevice(index),
            _ => null,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => CudaIndex is { } index ? string.Create(CultureInfo.InvariantCulture, $"{CudaPrefix}{index}") : "cpu";

    /// <summary>Throws unless libtorch is loaded and has this device.</summary>
    /// <exception cref="BackendUnavailableException">It has not.</exception>
    internal torch.Device Open()
    {
        TorchLibrary.Start();
        if (CudaIndex is not { } index)
        {
            return torch.CPU;
        }

        int gpus = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        return index < gpus ? new torch.Device(DeviceType.CUDA, index) : throw new BackendUnavailableException(
            $"There is no device {this}: libtorch sees {gpus} GPUs here; a program built with DAPRMOE_TORCH=cuda on a system with NVIDIA's "
            + "driver sees them, and cpu is always there.");
    }
}
