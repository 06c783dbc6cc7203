using DaprMoE.Dispatch;
using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>How an engine's dispatcher divides work.</summary>
internal static class DispatchSettings
{
    // Long enough for a plan that is on its way.
    private static readonly TimeSpan LocalRefusalWait = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Options for these experts. With more than one device the time of an expert is measured first, which takes some tens of milliseconds;
    /// on one device nothing is divided. The time of emulated devices is known.
    /// </summary>
    public static DispatchOptions Of(ModelDescription model, LocalEngineOptions options, IServedExperts experts, IDispatchObserver observer, EmulatedBox? box)
    {
        DispatchOptions dispatch = new()
        {
            Clock = options.Clock,
            Observer = observer,
            ObserverClock = box?.Clock,
            ExpertWait = options.ExpertWait,
            RefusalWait = options.ExpertHosts.Count > 0 ? Timeout.InfiniteTimeSpan : LocalRefusalWait,
        };
        string? rule = options.SplitRule;
        int layer = model.Layers.ToList().FindIndex(part => part is MoeFeedForward);
        if (experts.Routes.Current.DeviceCount == 1 || layer < 0)
        {
            return dispatch;
        }

        TimeModel? time = box?.Timing.Replica ?? new ExpertTimeProbe(options.Clock).Measure(experts.Transport, experts.Routes.Current, layer, model.HiddenSize);
        return dispatch with
        {
            SplitRule = rule is null ? dispatch.SplitRule : SplitRules.Get(rule),
            Split = time is { } measured ? new SplitContext(measured) : default,
        };
    }

    /// <summary>The time of an expert that was not measured.</summary>
    public static TimeModel AssumedTime(ModelDescription model, IServedExperts experts)
    {
        // Gate, up and down, a multiply-add counting as two.
        int ffnSize = model.Layers.OfType<MoeFeedForward>().Select(part => part.FfnSize).DefaultIfEmpty(1).Max();
        return ExpertTimeProbe.Assumed(experts.ExpertBytes, 6.0 * model.HiddenSize * ffnSize);
    }
}
