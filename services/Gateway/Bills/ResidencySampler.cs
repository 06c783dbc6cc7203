using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>
/// Bills the experts of other processes, whose transitions are not seen here: looks every two seconds at what their devices hold, and books
/// what came and went as of then. A device that does not answer holds nothing.
/// </summary>
internal sealed class ResidencySampler : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly IExpertInventory _experts;
    private readonly BillBook _book;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _devices = [];
    private readonly Task _loop;
    private Dictionary<(string Device, ReplicaId Replica), ReplicaMemoryEvent> _held = [];

    public ResidencySampler(IExpertInventory experts, BillBook book, TimeProvider clock)
    {
        (_experts, _book) = (experts, book);
        book.SampledEverySeconds = Interval.TotalSeconds;
        book.DeviceName = Name;
        _loop = Task.Run(() => RunAsync(clock));
    }

    public void Dispose()
    {
        _stop.Cancel();
        _loop.GetAwaiter().GetResult();
        _stop.Dispose();
    }

    /// <summary>Looks once.</summary>
    internal async Task SampleAsync(CancellationToken cancellationToken)
    {
        ExpertInventory inventory = await _experts.ReadAsync(cancellationToken);
        HashSet<string> alive = [.. inventory.Devices.Where(device => device.Alive).Select(device => device.Name)];
        Dictionary<string, string> backends = inventory.Devices.ToDictionary(device => device.Name, device => device.Backend);
        Dictionary<(string Device, ReplicaId Replica), ReplicaMemoryEvent> now = [];
        long nowUs = _book.NowUs();
        foreach (ExpertInstance instance in inventory.Data.Where(instance => alive.Contains(instance.Device)))
        {
            ReplicaId replica = new(new ExpertId(instance.Layer, instance.Expert), instance.Replica);
            MemoryEvent state = instance.State == ReplicaState.Loading.Name() ? MemoryEvent.Load : MemoryEvent.Warm;
            string kind = BilledModel.KindOf(backends.GetValueOrDefault(instance.Device, ""));
            now[(instance.Device, replica)] = new ReplicaMemoryEvent(nowUs, state, replica, Number(instance.Device), kind, instance.Bytes);
        }

        Book(now, nowUs);
    }

    private async Task RunAsync(TimeProvider clock)
    {
        using PeriodicTimer timer = new(Interval, clock);
        try
        {
            do
            {
                await TrySampleAsync();
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The model is closed.
        }
    }

    private async Task TrySampleAsync()
    {
        try
        {
            await SampleAsync(_stop.Token);
        }
#pragma warning disable CA1031 // What can't be read now is read at the next look; until then the last one holds.
        catch (Exception) when (!_stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
        }
    }

    private void Book(Dictionary<(string Device, ReplicaId Replica), ReplicaMemoryEvent> now, long nowUs)
    {
        foreach ((var key, ReplicaMemoryEvent before) in _held)
        {
            if (!now.ContainsKey(key))
            {
                _book.Record(before with { TimeUs = nowUs, Event = MemoryEvent.Evict });
            }
        }

        foreach (ReplicaMemoryEvent held in now.Values)
        {
            // Booking again what is booked changes nothing.
            _book.Record(in held);
        }

        _held = now;
    }

    /// <summary>Devices are numbered as they are seen.</summary>
    private int Number(string device)
    {
        lock (_devices)
        {
            int number = _devices.IndexOf(device);
            if (number < 0)
            {
                number = _devices.Count;
                _devices.Add(device);
            }

            return number;
        }
    }

    private string Name(int device)
    {
        lock (_devices)
        {
            return _devices[device];
        }
    }
}
