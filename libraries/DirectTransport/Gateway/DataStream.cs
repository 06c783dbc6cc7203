using System.Diagnostics.CodeAnalysis;
using DaprMoE.Ports;
using Grpc.Core;

namespace DaprMoE.DirectTransport;

/// <summary>
/// One life of the stream to a host: frames go out by <see cref="Send"/>, a reader hands answers to the calls that wait for them.
/// </summary>
internal sealed class DataStream : IDataStream
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AsyncDuplexStreamingCall<FrameBuffer, FrameBuffer> _exchange;
    private readonly FrameSender _sender;
    private readonly PendingCalls _calls;
    private bool _isLost;

    /// <param name="invoker">A connection to the host.</param>
    /// <param name="incarnation">The life of the host that was announced.</param>
    /// <param name="calls">Who waits for answers.</param>
    public DataStream(CallInvoker invoker, ulong incarnation, PendingCalls calls)
    {
        Incarnation = incarnation;
        _calls = calls;
        CallOptions options = new(cancellationToken: _stop.Token);
        _exchange = invoker.AsyncDuplexStreamingCall(DataStreamMethod.Instance, host: null, options);
        _sender = new FrameSender(_exchange.RequestStream, End);
        _ = ReadAsync();
    }

    public ulong Incarnation { get; }

    public bool IsLost => Volatile.Read(ref _isLost);

    public Task<Exception?> Ended => _ended.Task;

    public void Send(FrameBuffer frame) => _sender.Send(frame);

    public void Dispose()
    {
        End(null);
        Volatile.Write(ref _isLost, true);
        _calls.Lose(this);
        // The source stays: the sender or the reader may be just about to cancel it, and it has nothing but memory.
        _exchange.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever ends the reading ends the stream, with the reason.")]
    private async Task ReadAsync()
    {
        try
        {
            while (await _exchange.ResponseStream.MoveNext(CancellationToken.None).ConfigureAwait(false))
            {
                Take(_exchange.ResponseStream.Current);
            }

            End(new IOException("The host has ended the stream."));
        }
        catch (Exception exception)
        {
            End(exception);
        }
    }

    private void Take(FrameBuffer frame)
    {
        if (FrameFormat.TryReadCall(frame.Span, out long call, out ulong incarnation))
        {
            // Of another life of the host it is nobody's answer.
            _calls.Answer(call, incarnation == Incarnation ? this : null, frame);
            return;
        }

        int length = frame.Length;
        frame.Return();
        throw new InvalidDataException($"The host sent a frame of {length} bytes, which is too short for an answer.");
    }

    private void End(Exception? reason)
    {
        if (_ended.TrySetResult(reason))
        {
            _sender.Close();
            _stop.Cancel();
        }
    }
}
