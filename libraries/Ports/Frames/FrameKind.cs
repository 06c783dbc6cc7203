namespace DaprMoE.Ports;

/// <summary>What a frame is.</summary>
public enum FrameKind : byte
{
    /// <summary>An expert call.</summary>
    Call = 1,

    /// <summary>What came of an expert call.</summary>
    Answer = 2,

    /// <summary>Laid out as a call, and answered as one, but not computed: it warms a stream and measures its way.</summary>
    Echo = 3,
}
