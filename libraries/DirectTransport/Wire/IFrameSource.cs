namespace DaprMoE.DirectTransport;

/// <summary>Writes a frame from what it is made of.</summary>
internal interface IFrameSource
{
    /// <summary>Writes the frame; as long as was said before.</summary>
    void WriteFrame(Span<byte> frame);
}
