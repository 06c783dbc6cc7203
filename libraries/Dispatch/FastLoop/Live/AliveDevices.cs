using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>The devices that are alive, numbered from 0 for policies, which know of no others.</summary>
internal sealed class AliveDevices
{
    private readonly int[] _devices;
    private readonly int[] _numbers;

    public AliveDevices(RoutingTable table)
    {
        _devices = table.Alive.ToArray();
        _numbers = new int[table.DeviceCount];
        Array.Fill(_numbers, -1);
        for (int number = 0; number < _devices.Length; number++)
        {
            _numbers[_devices[number]] = number;
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _devices.Length;

    /// <summary>The gateway's numbers of the devices, ascending.</summary>
    public ReadOnlySpan<int> All => _devices;

    /// <summary>The gateway's number of a device.</summary>
    public int DeviceOf(int number) => _devices[number];

    /// <summary>A device's number among the alive ones; -1 for one that is lost.</summary>
    public int NumberOf(int device) => _numbers[device];

    /// <summary>Whether these are the devices that are alive by a table.</summary>
    public bool Are(RoutingTable table) => table.DeviceCount == _numbers.Length && table.Alive.SequenceEqual(_devices);
}
