using System.Diagnostics.CodeAnalysis;
using DaprMoE.Experts;
using DaprMoE.Scheduling;

namespace DaprMoE.Inference.Tests;

/// <summary>
/// A thread that asks devices for everything, at random, while an engine generates: plans, routes, pre-warms, drains, scale to zero.
/// </summary>
[SuppressMessage("Security", "CA5394", Justification = "Seeded tests.")]
internal sealed class DeviceWeather : IDisposable
{
    private readonly ResidentEngine _engine;
    private readonly Random _random = new(11);
    private readonly Thread _thread;
    private volatile bool _isOver;
    private long _version;

    public DeviceWeather(ResidentEngine engine)
    {
        _engine = engine;
        _thread = new Thread(Blow) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Requests so far.</summary>
    public int Requests { get; private set; }

    /// <summary>Readings of a device's memory that were above its budget.</summary>
    public int OverBudget { get; private set; }

    public void Dispose()
    {
        _isOver = true;
        Assert.True(_thread.Join(TimeSpan.FromSeconds(20)));
    }

    private void Blow()
    {
        while (!_isOver)
        {
            IExpertDevice device = _engine.Host.Devices[_random.Next(_engine.Host.Devices.Count)];
            Ask(device);
            Requests++;
            OverBudget += device.Memory is { } memory && memory.ReservedBytes > memory.BudgetBytes ? 1 : 0;
            Thread.Yield();
        }
    }

    private void Ask(IExpertDevice device)
    {
        switch (_random.Next(100))
        {
            case < 70:
                device.PreWarm(1, Replica());
                break;
            case < 80:
                device.Cancel(1, Replica());
                break;
            case < 90:
                device.Drain(Replica());
                break;
            case < 94:
                Pin(device);
                break;
            case < 97:
                ReplicaId[] held = [.. Enumerable.Range(0, _random.Next(8)).Select(_ => Replica())];
                device.Plan(++_version, held, TimeSpan.FromMilliseconds(_random.Next(30)));
                break;
            case < 98:
                device.ScaleToZero();
                break;
            default:
                _engine.Routes.Replace(new RoutingTable(++_version, [.. _engine.Experts.Select(Layer)]));
                break;
        }
    }

    private void Pin(IExpertDevice device)
    {
        ReplicaId replica = Replica();
        if (device.Pin(replica).IsAccepted)
        {
            device.Unpin(replica);
        }
    }

    /// <summary>Each expert on some device, one in three on two.</summary>
    private LayerPlan Layer(int experts)
    {
        int devices = _engine.Host.Devices.Count;
        LayerPlan plan = new(experts, devices);
        plan.Reset(experts, devices);
        for (int expert = 0; expert < experts; expert++)
        {
            int device = _random.Next(devices);
            plan.Add(expert, index: 0, device);
            if (devices > 1 && _random.Next(3) == 0)
            {
                plan.Add(expert, index: 1, (device + 1 + _random.Next(devices - 1)) % devices);
            }
        }

        plan.Seal();
        return plan;
    }

    private ReplicaId Replica()
    {
        int layer = _random.Next(_engine.Experts.Count);
        return new ReplicaId(new ExpertId(layer, _random.Next(Math.Max(1, _engine.Experts[layer]))), _random.Next(2));
    }
}
