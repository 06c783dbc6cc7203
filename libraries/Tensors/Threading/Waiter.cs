using System.Diagnostics;

namespace DaprMoE.Tensors;

/// <summary>
/// One thread's place to wait for a counter to change. It spins first, since the next region usually begins within microseconds, then
/// gives its core to others, then parks.
/// </summary>
internal sealed class Waiter : IDisposable
{
    /// <summary>Longer than the serial code between two regions of a forward pass, far shorter than a time slice.</summary>
    private static readonly long SpinTicks = Stopwatch.Frequency * 25 / 1_000_000;

    /// <summary>When waking up from parking, about 8 us, no longer counts against the wait.</summary>
    private static readonly long ParkTicks = Stopwatch.Frequency * 250 / 1_000_000;

    private readonly AutoResetEvent _wakeUp = new(false);
    private int _parked;

    /// <summary>True while the thread is parked or about to be.</summary>
    public bool IsParked => Volatile.Read(ref _parked) == 1;

    /// <summary>Returns the counter's value as soon as it differs from <paramref name="seen"/>.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="seen">The value to wait away from.</param>
    /// <param name="spin">
    /// Whether whoever will change it seems to run on another processor; if not, spinning only keeps it from running.
    /// </param>
    public int WaitForChange(ref int counter, int seen, bool spin)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var value = Volatile.Read(ref counter);
            if (value != seen)
            {
                return value;
            }

            var waited = Stopwatch.GetTimestamp() - start;
            if (spin && waited < SpinTicks)
            {
                Thread.SpinWait(1);
            }
            else if (waited < ParkTicks)
            {
                Thread.Yield();
            }
            else
            {
                Park(ref counter, seen);
            }
        }
    }

    /// <summary>To be called after each change of the counter.</summary>
    public void Wake()
    {
        // The exchange decides which side resets the mark: exactly one signal is set per mark that this side reset.
        if (Volatile.Read(ref _parked) == 1 && Interlocked.Exchange(ref _parked, 0) == 1)
        {
            _wakeUp.Set();
        }
    }

    public void Dispose() => _wakeUp.Dispose();

    private void Park(ref int counter, int seen)
    {
        // A full fence lies between the mark and the second look, and one between the counter's change and Wake's look at the mark:
        // at least one of the two sides sees the other.
        Interlocked.Exchange(ref _parked, 1);
        if (Volatile.Read(ref counter) == seen || Interlocked.Exchange(ref _parked, 0) == 0)
        {
            _wakeUp.WaitOne();
        }
    }
}
