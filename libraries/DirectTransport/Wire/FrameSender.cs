using System.Diagnostics.CodeAnalysis;
using Grpc.Core;

namespace DaprMoE.DirectTransport;

/// <summary>
/// Sends frames over one direction of a stream from any thread, without waiting: gRPC takes one at a time, so frames that come while
/// one is on its way are queued, up to a bound.
/// </summary>
/// <param name="writer">The direction.</param>
/// <param name="failed">Told once, when frames can't be sent any more.</param>
internal sealed class FrameSender(IAsyncStreamWriter<FrameBuffer> writer, Action<Exception> failed)
{
    private const int MostQueued = 256;

    private readonly Lock _gate = new();
    private readonly Queue<FrameBuffer> _queue = new();
    private bool _writing;
    private bool _isOpen;
    private bool _closed;
    private TaskCompletionSource? _idle;

    /// <summary>Whether nothing is sent any more.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Sends a frame and gives its memory back.</summary>
    public void Send(FrameBuffer frame)
    {
        bool full = false;
        lock (_gate)
        {
            if (_closed)
            {
                frame.Return();
                return;
            }

            if (_writing || !_isOpen)
            {
                // gRPC writes a frame while it is handed over, but for the first, and we hand over those in the queue later.
                frame.Materialize();
            }

            if (_writing)
            {
                full = _queue.Count >= MostQueued;
                _queue.Enqueue(frame);
                frame = null!;
            }

            _writing = true;
        }

        if (full)
        {
            Fail(new IOException($"The other side does not read: {MostQueued} frames wait for it."));
        }
        else if (frame is not null)
        {
            Write(frame);
        }
    }

    /// <summary>Sends nothing any more; what is on its way stays so.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            while (_queue.TryDequeue(out FrameBuffer? frame))
            {
                frame.Return();
            }
        }
    }

    /// <summary>Sends nothing any more, and waits until what was on its way is sent or has failed; it is cut when that takes too long.</summary>
    /// <param name="most">How long the other side has to read it.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cut">Ends the connection's stream.</param>
    public async Task CloseAsync(TimeSpan most, TimeProvider clock, Action cut)
    {
        try
        {
            await CloseAsync().WaitAsync(most, clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            cut();
        }
    }

    private Task CloseAsync()
    {
        Close();
        lock (_gate)
        {
            if (!_writing)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever keeps frames from being sent ends the stream, by the callback.")]
    private void Write(FrameBuffer frame)
    {
        try
        {
            FrameBuffer? next = frame;
            while (next is not null)
            {
                Task writing = writer.WriteAsync(next);
                if (!writing.IsCompletedSuccessfully)
                {
                    _ = FinishAsync(writing, next);
                    return;
                }

                next.Return();
                next = Next();
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
            StopWriting();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever keeps frames from being sent ends the stream, by the callback.")]
    private async Task FinishAsync(Task writing, FrameBuffer frame)
    {
        try
        {
            await writing.ConfigureAwait(false);
            frame.Return();
            while (Next() is { } next)
            {
                await writer.WriteAsync(next).ConfigureAwait(false);
                next.Return();
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
            StopWriting();
        }
    }

    private FrameBuffer? Next()
    {
        lock (_gate)
        {
            _isOpen = true;
            if (!_queue.TryDequeue(out FrameBuffer? next))
            {
                StopWriting();
            }

            return next;
        }
    }

    private void StopWriting()
    {
        lock (_gate)
        {
            _writing = false;
            _idle?.TrySetResult();
        }
    }

    private void Fail(Exception exception)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }
        }

        Close();
        failed(exception);
    }
}
