using System.Globalization;

namespace DaprMoE.Inference;

/// <summary>
/// A layer's experts could not be reached in time. It ends the requests of the iteration only: the engine goes on, and the same request
/// may succeed when it is sent again.
/// </summary>
/// <param name="layer">The layer.</param>
/// <param name="devices">Devices that are known.</param>
/// <param name="alive">Those of them that are alive.</param>
/// <param name="waited">How long the layer waited.</param>
public sealed class ExpertsUnavailableException(int layer, int devices, int alive, TimeSpan waited) : Exception
{
    /// <summary>Devices that are known.</summary>
    public int Devices { get; } = devices;

    /// <summary>Those of them that are alive.</summary>
    public int Alive { get; } = alive;

    /// <summary>How long the layer waited for one that computes it.</summary>
    public TimeSpan Waited { get; } = waited;

    /// <summary>Which device failed last and how; null when none was there to be called.</summary>
    public string? LastFailure { get; init; }

    /// <inheritdoc/>
    public override string Message =>
        string.Create(CultureInfo.InvariantCulture, $"The experts of layer {layer} could not be reached for {Waited.TotalSeconds:0.###} s: ")
        + $"of {Devices} devices {Alive} are alive{(LastFailure is null ? "" : $" (the last to fail was {LastFailure})")}. Send the request "
        + "again; if that does not help, see that the expert hosts run and can be reached.";
}
