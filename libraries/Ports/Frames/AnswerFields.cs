namespace DaprMoE.Ports;

/// <summary>What an answer says beside its rows.</summary>
/// <param name="Call">The call that it answers.</param>
/// <param name="Incarnation">The life of the host that computed it.</param>
/// <param name="Outcome">How the call ended; not <see cref="CallOutcome.DeviceLost"/>, which a lost device can't say.</param>
/// <param name="Figures">What it cost.</param>
public readonly record struct AnswerFields(long Call, ulong Incarnation, CallOutcome Outcome, CallFigures Figures);
