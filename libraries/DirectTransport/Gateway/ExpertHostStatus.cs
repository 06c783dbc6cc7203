namespace DaprMoE.DirectTransport;

/// <summary>A listed expert host at one moment.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsAlive">Whether calls go to it.</param>
/// <param name="Trouble">Why not; null while they do.</param>
/// <param name="Backend">Backend of its devices.</param>
/// <param name="DType">Type of its experts' weights.</param>
/// <param name="Incarnation">Its life.</param>
/// <param name="Devices">Its devices, as it announced them last.</param>
/// <param name="LateAnswers">Answers that came when nobody waited for them any more.</param>
public sealed record ExpertHostStatus(
    Uri Address,
    string Name,
    bool IsAlive,
    string? Trouble,
    string Backend,
    string DType,
    ulong Incarnation,
    IReadOnlyList<DeviceFacts> Devices,
    long LateAnswers);
