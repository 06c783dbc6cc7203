using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>The devices whose calls failed in the layer: nobody calls them again while there is another.</summary>
internal sealed class DeviceFaults
{
    private CallOutcome[] _outcomes = [];

    /// <summary>Devices that failed.</summary>
    public int Count { get; private set; }

    /// <summary>The device that failed last; -1 without any.</summary>
    public int LastDevice { get; private set; } = -1;

    /// <summary>How it failed.</summary>
    public CallOutcome LastOutcome { get; private set; }

    /// <summary>Forgets all failures: another layer begins.</summary>
    public void Begin(RoutingTable table)
    {
        LastDevice = -1;
        LastOutcome = CallOutcome.Done;
        Forgive();
        Follow(table, isNew: false);
    }

    /// <summary>Goes on with a table. A device that followed another one may agree with a new one.</summary>
    public void Follow(RoutingTable table, bool isNew)
    {
        if (_outcomes.Length < table.DeviceCount)
        {
            Array.Resize(ref _outcomes, table.DeviceCount);
        }

        if (isNew)
        {
            Forgive(CallOutcome.Stale);
        }
    }

    /// <summary>Lets all devices be called again.</summary>
    public void Forgive()
    {
        if (Count > 0)
        {
            _outcomes.AsSpan().Clear();
            Count = 0;
        }
    }

    /// <summary>Lets the devices be called again that failed in this way.</summary>
    public void Forgive(CallOutcome outcome)
    {
        for (int device = 0; device < _outcomes.Length && Count > 0; device++)
        {
            if (_outcomes[device] == outcome)
            {
                _outcomes[device] = CallOutcome.Done;
                Count--;
            }
        }
    }

    public void Add(int device, CallOutcome outcome)
    {
        Count += Has(device) ? 0 : 1;
        _outcomes[device] = outcome;
        LastDevice = device;
        LastOutcome = outcome;
    }

    public bool Has(int device) => _outcomes[device] != CallOutcome.Done;

    /// <summary>Whether one of these devices has not failed.</summary>
    public bool LeaveAny(ReadOnlySpan<int> devices)
    {
        foreach (int device in devices)
        {
            if (!Has(device))
            {
                return true;
            }
        }

        return false;
    }
}
