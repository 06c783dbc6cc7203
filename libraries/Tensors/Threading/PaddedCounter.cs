using System.Runtime.InteropServices;

namespace DaprMoE.Tensors;

/// <summary>A counter on cache lines of its own: threads that watch it are not disturbed by writes to its neighbours.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedCounter
{
    [FieldOffset(128)]
    public int Value;
}
