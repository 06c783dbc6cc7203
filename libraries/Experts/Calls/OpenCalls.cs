using System.Diagnostics.CodeAnalysis;
using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>The calls that a device has open. Used under its lock.</summary>
internal sealed class OpenCalls : IDisposable
{
    private readonly Dictionary<long, DeviceCall> _open = [];
    private readonly Stack<DeviceCall> _spare = [];

    /// <exception cref="ArgumentException">A call of this name is open, or the name is negative.</exception>
    public DeviceCall Open(long id, int layer, ReadOnlySpan<ReplicaGroup> groups, long deadlineUs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        if (_open.ContainsKey(id))
        {
            throw new ArgumentException($"Call {id} is open already; each has a name of its own.", nameof(id));
        }

        DeviceCall call = _spare.TryPop(out DeviceCall? spare) ? spare : new DeviceCall();
        call.Begin(id, layer, groups, deadlineUs);
        _open.Add(id, call);
        return call;
    }

    public bool TryGet(long id, [NotNullWhen(true)] out DeviceCall? call) => _open.TryGetValue(id, out call);

    /// <exception cref="InvalidOperationException">The call is not open.</exception>
    public DeviceCall Get(long id) => TryGet(id, out DeviceCall? call)
        ? call
        : throw new InvalidOperationException($"Call {id} was not started, or has ended.");

    public void Close(DeviceCall call)
    {
        if (_open.Remove(call.Id))
        {
            _spare.Push(call);
        }
    }

    /// <summary>Calls that are still open are left to those that wait for them.</summary>
    public void Dispose()
    {
        foreach (DeviceCall call in _spare)
        {
            call.Dispose();
        }
    }
}
