using System.Threading.Channels;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>Carries warm-ups from the engine's thread to the devices' control, in order, through a bounded channel.</summary>
public sealed class WarmUpSender : IWarmUps, IAsyncDisposable
{
    private const int MostWaiting = 512;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);

    private readonly Channel<Wish> _wishes = Channel.CreateBounded<Wish>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly IExpertControl _control;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _asked;
    private long _refused;
    private long _dropped;

    /// <param name="control">The devices' control.</param>
    /// <param name="clock">The clock of deadlines.</param>
    public WarmUpSender(IExpertControl control, TimeProvider clock)
    {
        (_control, _clock) = (control, clock);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Warm-ups that went out to devices.</summary>
    public long Asked => Volatile.Read(ref _asked);

    /// <summary>Those of them that devices refused, or did not answer.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Wishes that were not taken, since too many waited.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <inheritdoc/>
    public bool TryAsk(int device, ReplicaId replica) => TryWrite(new Wish(device, replica, IsCancelled: false));

    /// <inheritdoc/>
    public bool TryCancel(int device, ReplicaId replica) => TryWrite(new Wish(device, replica, IsCancelled: true));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _wishes.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private bool TryWrite(Wish wish)
    {
        bool isTaken = _wishes.Writer.TryWrite(wish);
        if (!isTaken)
        {
            Interlocked.Increment(ref _dropped);
        }

        return isTaken;
    }

    private async Task RunAsync()
    {
        List<ReplicaId> batch = [];
        try
        {
            while (await _wishes.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false))
            {
                while (_wishes.Reader.TryRead(out Wish first))
                {
                    batch.Clear();
                    batch.Add(first.Replica);
                    while (_wishes.Reader.TryPeek(out Wish next) && next.GoesWith(first) && _wishes.Reader.TryRead(out next))
                    {
                        batch.Add(next.Replica);
                    }

                    await SendAsync(first, [.. batch]).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The server stops; what is still wished for does not matter any more.
        }
    }

    /// <summary>Whatever becomes of a wish, serving goes on: it costs balance.</summary>
    private async Task SendAsync(Wish wish, ReplicaId[] replicas)
    {
        using CancellationTokenSource deadline = new(AnswerTime, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _stop.Token);
        try
        {
            if (wish.IsCancelled)
            {
                await _control.CancelAsync(wish.Device, replicas, either.Token).ConfigureAwait(false);
                return;
            }

            Interlocked.Add(ref _asked, replicas.Length);
            Interlocked.Add(ref _refused, (await _control.WarmAsync(wish.Device, replicas, either.Token).ConfigureAwait(false)).Count);
        }
#pragma warning disable CA1031 // A device that can't be asked may be asked again with the next wish.
        catch (Exception) when (!_stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Interlocked.Add(ref _refused, wish.IsCancelled ? 0 : replicas.Length);
        }
    }

    private readonly record struct Wish(int Device, ReplicaId Replica, bool IsCancelled)
    {
        public bool GoesWith(Wish first) => Device == first.Device && IsCancelled == first.IsCancelled;
    }
}
