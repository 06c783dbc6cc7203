using Grpc.Core;

namespace DaprMoE.DirectTransport.Tests;

/// <summary>A direction of a stream that takes all frames.</summary>
internal sealed class SentFrames : IServerStreamWriter<FrameBuffer>
{
    /// <summary>Runs while a frame is handed over.</summary>
    public Action During { get; set; } = () => { };

    /// <summary>Completes when the other side has taken the frame.</summary>
    public Task Taken { get; set; } = Task.CompletedTask;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(FrameBuffer message)
    {
        During();
        return Taken;
    }
}
