using DaprMoE.DirectTransport.Control;
using Grpc.Core;

namespace DaprMoE.DirectTransport;

/// <summary>Signs of life to all that listen, every 50 ms, from a thread that does nothing else.</summary>
internal sealed class HeartbeatThread : IDisposable
{
    private readonly ManualResetEventSlim _stop = new(initialState: false);
    private readonly Lock _gate = new();
    private readonly List<Listener> _listeners = [];
    private readonly Thread _thread;
    private ulong _number;

    public HeartbeatThread()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "heartbeat" };
        _thread.Start();
    }

    /// <summary>Sends signs of life until the call ends.</summary>
    public async Task ListenAsync(IServerStreamWriter<Beat> beats, CancellationToken cancellationToken)
    {
        Listener listener = new(beats);
        lock (_gate)
        {
            _listeners.Add(listener);
        }

        try
        {
            await listener.Failed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _listeners.Remove(listener);
            }
        }
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        while (!_stop.Wait(Heartbeats.Interval))
        {
            Beat beat = new() { Number = ++_number };
            lock (_gate)
            {
                foreach (Listener listener in _listeners)
                {
                    listener.Send(beat);
                }
            }
        }
    }

    /// <summary>One listener. A sign that would have to wait for the one before is left out.</summary>
    private sealed class Listener(IServerStreamWriter<Beat> beats)
    {
        private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Task _sending = Task.CompletedTask;

        /// <summary>Completes when signs can't be sent any more.</summary>
        public Task Failed => _failed.Task;

        public void Send(Beat beat)
        {
            if (_sending.IsFaulted || _sending.IsCanceled)
            {
                _failed.TrySetResult();
            }
            else if (_sending.IsCompleted)
            {
                _sending = SendAsync(beat);
            }
        }

        private async Task SendAsync(Beat beat) => await beats.WriteAsync(beat).ConfigureAwait(false);
    }
}
