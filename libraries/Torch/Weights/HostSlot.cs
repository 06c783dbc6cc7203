using DaprMoE.Tensors;
using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>Pages of the process, its own and not torch's: what is given back is free at once, which the C library does not promise.</summary>
internal sealed unsafe class HostSlot : ISlotMemory
{
    private readonly AnonymousPages _pages;

    public HostSlot(long bytes, DType type)
    {
        _pages = new AnonymousPages(bytes);
        HugePages.Advise(_pages.Start, bytes);
        Values = ForeignMemory.Vector(_pages.Start, type, bytes / type.Size());
    }

    public Tensor Values { get; }

    public void Dispose()
    {
        Values.Dispose();
        _pages.Dispose();
    }
}
