using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>How a call ended on its device.</summary>
public enum ExpertOutcomeKind
{
    /// <summary>All its rows are written.</summary>
    Done,

    /// <summary>The device refuses it; the reason says why.</summary>
    Refused,

    /// <summary>Its experts did not get ready in time.</summary>
    TimedOut,

    /// <summary>The device is gone.</summary>
    DeviceLost,
}

/// <summary>How a call ended on its device, and what it cost.</summary>
/// <param name="Kind">How.</param>
/// <param name="Reason">Why it is not done.</param>
/// <param name="Bytes">Bytes that it needed, where it is refused for its size.</param>
/// <param name="LimitBytes">Bytes that it could have had.</param>
/// <param name="ComputeUs">Microseconds of computing.</param>
/// <param name="LoadUs">Microseconds that it waited for experts.</param>
/// <param name="ColdStarts">Experts that it waited for.</param>
public readonly record struct ExpertOutcome(
    ExpertOutcomeKind Kind,
    RefusalReason Reason = RefusalReason.None,
    long Bytes = 0,
    long LimitBytes = 0,
    long ComputeUs = 0,
    long LoadUs = 0,
    int ColdStarts = 0);
