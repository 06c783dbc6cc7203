using System.Runtime.InteropServices;

namespace DaprMoE.Tensors;

/// <summary>Owns one aligned allocation.</summary>
internal sealed unsafe class NativeBufferHandle : SafeHandle
{
    private const nuint CacheLine = 64;

    public NativeBufferHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    public static NativeBufferHandle Allocate(long bytes)
    {
        var owner = new NativeBufferHandle();
        var huge = bytes >= HugePages.Size;
        var alignment = huge ? (nuint)HugePages.Size : CacheLine;
        owner.SetHandle((nint)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 1), alignment));
        if (huge)
        {
            HugePages.Advise((void*)owner.handle, bytes);
        }

        NativeMemory.Clear((void*)owner.handle, (nuint)bytes);
        return owner;
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
