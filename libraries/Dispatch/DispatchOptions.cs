using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>How a dispatcher divides work and how long it waits.</summary>
public sealed record DispatchOptions
{
    /// <value>Divides an expert's tokens over its replicas where no <see cref="Loop"/> does. The default is <c>balanced-crossover</c>.</value>
    public ISplitRule SplitRule { get; init; } = SplitRules.Get("balanced-crossover");

    /// <value>
    /// Time of a replica, and the crossover below which another one is not woken; <see cref="ExpertTimeProbe"/> measures it. The default
    /// knows no times: every replica is woken, and calls have <see cref="LeastCallTime"/>.
    /// </value>
    public SplitContext Split { get; init; }

    /// <value>
    /// How long a layer waits, after its first failure, for devices that compute it. Then it fails with
    /// <see cref="Inference.ExpertsUnavailableException"/>. The default is 30 s.
    /// </value>
    public TimeSpan ExpertWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <value>
    /// How long of <see cref="ExpertWait"/> a layer waits for other routes once every device that is alive has refused it, or has failed in
    /// another way that would repeat. Without other processes nothing but a plan changes routes. The default is all of it.
    /// </value>
    public TimeSpan RefusalWait { get; init; } = Timeout.InfiniteTimeSpan;

    /// <value>The least time that a call may take on its device. The default is 2 s.</value>
    public TimeSpan LeastCallTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <value>The longest time that loading one expert should take; each expert of a call may have to be loaded. The default is 250 ms.</value>
    public TimeSpan ExpertLoadTime { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Decides which replicas there are; null, the default: those of the routing table, for good.</summary>
    public FastLoop? Loop { get; init; }

    /// <value>The clock for waits.</value>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <value>The clock of what <see cref="Observer"/> is told, where it is not <see cref="Clock"/>: that of emulated devices.</value>
    public TimeProvider? ObserverClock { get; init; }

    /// <value>Is told about each layer; null for nobody.</value>
    public IDispatchObserver? Observer { get; init; }
}
