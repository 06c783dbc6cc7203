using System.Runtime.InteropServices;

namespace DaprMoE.Tensors;

/// <summary>Owns one allocation and knows its first aligned byte.</summary>
internal sealed unsafe class NativeBufferHandle : SafeHandle
{
    private const nuint CacheLine = 64;

    public NativeBufferHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The first byte of the buffer, within the allocation.</summary>
    public byte* Start { get; private set; }

    /// <summary>
    /// Allocates zeros. Large allocations come from the system as pages that are zero already and are committed when they are first written,
    /// so that a buffer costs what is used of it.
    /// </summary>
    public static NativeBufferHandle Allocate(long bytes)
    {
        var owner = new NativeBufferHandle();
        var huge = bytes >= HugePages.Size;
        var alignment = huge ? (nuint)HugePages.Size : CacheLine;
        owner.SetHandle((nint)NativeMemory.AllocZeroed((nuint)bytes + alignment));
        owner.Start = (byte*)(((nuint)owner.handle + alignment - 1) & ~(alignment - 1));
        if (huge)
        {
            HugePages.Advise(owner.Start, bytes);
        }

        return owner;
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
