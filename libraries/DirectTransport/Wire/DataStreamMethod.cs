using System.Buffers;
using Grpc.Core;

namespace DaprMoE.DirectTransport;

/// <summary>
/// The gRPC method that carries frames: calls one way, answers the other. Its marshaller needs no memory of its own but pooled arrays.
/// </summary>
internal static class DataStreamMethod
{
    public const string ServiceName = "daprmoe.experts.v1.ExpertData";

    private static readonly Marshaller<FrameBuffer> Frames = Marshallers.Create(Serialize, Deserialize);

    public static Method<FrameBuffer, FrameBuffer> Instance { get; } =
        new(MethodType.DuplexStreaming, ServiceName, "Exchange", Frames, Frames);

    private static void Serialize(FrameBuffer frame, SerializationContext context)
    {
        context.SetPayloadLength(frame.Length);
        frame.WriteTo(context.GetBufferWriter());
        context.Complete();
    }

    private static FrameBuffer Deserialize(DeserializationContext context)
    {
        FrameBuffer frame = FrameBuffer.Rent(context.PayloadLength);
        context.PayloadAsReadOnlySequence().CopyTo(frame.Span);
        return frame;
    }
}
