namespace DaprMoE.Gateway;

/// <summary>What the devices of this process emulate.</summary>
/// <param name="Profile">The device whose figures they have; a name of <see cref="Scheduling.DeviceProfiles"/>.</param>
public sealed record EmulationOptions(string Profile)
{
    /// <value>
    /// The model whose expert bytes, operations and time outside experts they have; a name of <see cref="Scheduling.ModelShapes"/>. The
    /// default (null) is the served model.
    /// </value>
    public string? ShapeAs { get; init; }

    /// <value>How much of the virtual time is really slept; the default, 0, is none of it.</value>
    public double Pace { get; init; }
}
