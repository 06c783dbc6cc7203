using System.Diagnostics.CodeAnalysis;
using DaprMoE.Dispatch;
using DaprMoE.Gateway;
using DaprMoE.Scheduling;

namespace DaprMoE.Inference.Tests;

/// <summary>Changes policy and plan while an engine generates, every other layer.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Seeded tests.")]
internal sealed class LoopWeather(LocalEngine engine) : IFastLoopObserver, IDisposable
{
    private static readonly string[] Policies = ["static", "eplb", "moeless", "auto"];

    private readonly FastLoop _loop = engine.Loop!;
    private readonly Random _random = new(17);
    private Task _running = Task.CompletedTask;
    private long _version;
    private int _layers;

    /// <summary>Changes so far.</summary>
    public int Changes { get; private set; }

    public void Decided(in LayerDecision decision)
    {
        // From another thread, as in a server, while the engine goes on.
        if (++_layers % 2 == 0)
        {
            _running.Wait();
            _running = Task.Run(Change);
        }
    }

    public void Dispose() => Assert.True(_running.Wait(TimeSpan.FromSeconds(20)));

    private void Change()
    {
        Changes++;
        if (_random.Next(2) == 0)
        {
            _loop.Switch(Policies[_random.Next(Policies.Length)]);
        }
        else
        {
            _loop.Follow(new PlanInForce(++_version, [.. _loop.Replicas.ExpertsPerLayer.Select(Plan)], TimeSpan.FromSeconds(2)));
        }
    }

    private LayerPlan Plan(int experts)
    {
        int devices = _loop.Replicas.DeviceCount;
        LayerPlan plan = new(experts, devices);
        plan.Reset(experts, devices);
        for (int expert = 0; expert < experts; expert++)
        {
            // Also plans that leave experts out.
            for (int index = _random.Next(4) - 1; index >= 0; index--)
            {
                plan.Add(expert, index, _random.Next(devices));
            }
        }

        plan.Seal();
        return plan;
    }
}
