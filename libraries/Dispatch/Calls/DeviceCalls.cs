using System.Runtime.ExceptionServices;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>One call per device, reused from layer to layer.</summary>
/// <param name="transport">The way to the devices.</param>
/// <param name="times">How long calls may take.</param>
/// <param name="assignments">The layer's pairs.</param>
/// <param name="otherGroups">Most replicas of one call that are not in the routing table.</param>
internal sealed class DeviceCalls(IExpertTransport transport, CallTimes times, LayerAssignments assignments, int otherGroups)
{
    private ExpertCall[] _calls = [];
    private RoutingTable? _table;
    private int _groups;
    private long _lastId;

    /// <summary>The calls, by device.</summary>
    public ReadOnlySpan<ExpertCall> All => _calls;

    /// <summary>Empties the calls; there is one for each device of the table, with room for all its groups.</summary>
    public void Prepare(RoutingTable table)
    {
        if (!ReferenceEquals(table, _table))
        {
            Fit(table);
        }

        foreach (ExpertCall call in _calls)
        {
            call.Clear();
        }
    }

    public void Add(int device, ReplicaGroup group) => _calls[device].Add(group);

    /// <summary>
    /// Starts the calls that have rows, then waits for each, also when one throws: a call that runs on would write to rows in use again.
    /// </summary>
    /// <param name="table">The table that the calls follow.</param>
    /// <param name="outcomes">Receives how the call of each device ended; <see cref="CallOutcome.Done"/> where there was none.</param>
    /// <returns>Calls started.</returns>
    public int Run(RoutingTable table, Span<CallOutcome> outcomes)
    {
        ExceptionDispatchInfo? fault = null;
        int started = Start(table, ref fault);
        int left = started;
        for (int device = 0; device < _calls.Length; device++)
        {
            outcomes[device] = CallOutcome.Done;
            if (_calls[device].Rows > 0 && left-- > 0)
            {
                outcomes[device] = Wait(_calls[device], ref fault);
            }
        }

        fault?.Throw();
        return started;
    }

    private int Start(RoutingTable table, ref ExceptionDispatchInfo? fault)
    {
        int started = 0;
        try
        {
            foreach (ExpertCall call in _calls)
            {
                if (call.Rows > 0)
                {
                    call.Id = ++_lastId;
                    call.PlanVersion = table.Version;
                    call.Timeout = times.Of(call);
                    call.Assignments = assignments;
                    transport.Start(call);
                    started++;
                }
            }
        }
#pragma warning disable CA1031 // It is thrown once no call runs any more.
        catch (Exception error)
#pragma warning restore CA1031
        {
            fault = ExceptionDispatchInfo.Capture(error);
        }

        return started;
    }

    private CallOutcome Wait(ExpertCall call, ref ExceptionDispatchInfo? fault)
    {
        try
        {
            return transport.Wait(call);
        }
#pragma warning disable CA1031 // It is thrown once no call runs any more.
        catch (Exception error)
#pragma warning restore CA1031
        {
            fault ??= ExceptionDispatchInfo.Capture(error);
            return CallOutcome.Done;
        }
    }

    /// <summary>A device may be called for its replicas by the table, and for others beside.</summary>
    private void Fit(RoutingTable table)
    {
        int most = 0;
        for (int layer = 0; layer < table.LayerCount; layer++)
        {
            for (int device = 0; device < table.DeviceCount; device++)
            {
                most = Math.Max(most, table.Layer(layer).CountOn(device));
            }
        }

        if (most + otherGroups > _groups || table.DeviceCount > _calls.Length)
        {
            _groups = Math.Max(_groups, most + otherGroups);
            _calls = [.. Enumerable.Range(0, Math.Max(_calls.Length, table.DeviceCount)).Select(device => new ExpertCall(device, _groups))];
        }

        _table = table;
    }
}
