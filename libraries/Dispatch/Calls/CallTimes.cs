using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>How long calls may take: several times what they should, so that a busy device is not taken for a dead one.</summary>
internal sealed class CallTimes(DispatchOptions options)
{
    private const int Slack = 5;

    private readonly TimeModel _time = options.Split.Time;

    public TimeSpan Of(ExpertCall call)
    {
        double seconds = _time.CallConstant;
        foreach (ReplicaGroup group in call.Groups)
        {
            seconds += _time.Work(group.Count);
        }

        TimeSpan time = TimeSpan.FromSeconds(Slack * seconds) + (call.Groups.Length * options.ExpertLoadTime);
        return time > options.LeastCallTime ? time : options.LeastCallTime;
    }
}
