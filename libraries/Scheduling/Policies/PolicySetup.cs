namespace DaprMoE.Scheduling;

/// <summary>What a policy knows from the start: the model and the box.</summary>
/// <param name="Layers">MoE layers of the model.</param>
/// <param name="Experts">Experts of each layer.</param>
/// <param name="TopK">Experts of a token.</param>
/// <param name="Devices">Devices, at least 1.</param>
/// <param name="ExpertBytes">Memory of one replica, bytes.</param>
/// <param name="Time">Time of a replica.</param>
/// <param name="SecondsPerTokenMoved">Time to move one token to or from a device (beta), s.</param>
public readonly record struct PolicySetup(
    int Layers,
    int Experts,
    int TopK,
    int Devices,
    long ExpertBytes,
    TimeModel Time,
    double SecondsPerTokenMoved = 0);
