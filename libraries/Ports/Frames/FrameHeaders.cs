using System.Runtime.InteropServices;

namespace DaprMoE.Ports;

/// <summary>How every frame begins.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct FrameHeader
{
    public uint Magic;
    public ushort Version;
    public byte Kind;
    public byte Flags;
    public long Call;
    public ulong Incarnation;
}

/// <summary>The header of a call.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct CallHeader
{
    public FrameHeader Frame;
    public UInt128 Model;
    public long PlanVersion;
    public int TimeoutMs;
    public int Layer;
    public int Device;
    public int HiddenSize;
    public int TopK;
    public int Groups;
    public int Pairs;
    public int Rows;
}

/// <summary>The header of an answer.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct AnswerHeader
{
    public FrameHeader Frame;
    public int Outcome;
    public int MessageBytes;
    public long ComputeUs;
    public long LoadUs;
    public int ColdStarts;
    public int HiddenSize;
    public int Rows;
}
