using DaprMoE.Gateway;
using DaprMoE.ServiceDefaults;

namespace DaprMoE.Cli;

/// <summary>What <c>--demo</c> implies.</summary>
internal static class DemoSettings
{
    private const string Policy = "moeless";
    private const int Devices = 4;
    private const long DeviceMemory = 8 << 20;

    /// <summary>Gives the experts devices with room for copies and a policy that scales them, unless something is said about where they are.</summary>
    public static void Apply(GatewayOptions options)
    {
        if (!options.HasChoice)
        {
            options.Devices = Devices;
            // Emulated memory is counted in the shape's bytes: what fits it follows from the shape.
            options.DeviceMemory = options.DeviceProfile is null ? new ByteSize(DeviceMemory) : null;
        }

        options.Policy ??= Policy;
    }
}
