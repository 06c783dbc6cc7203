using DaprMoE.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>Memory of a GPU. What is given back stays with torch's allocator, for the next slot of its size.</summary>
internal sealed class DeviceSlot(long bytes, DType type, Device device) : ISlotMemory
{
    public Tensor Values { get; } = torch.empty(bytes / type.Size(), dtype: type.ToTorch(), device: device);

    public void Dispose() => Values.Dispose();
}
