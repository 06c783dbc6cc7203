using System.Globalization;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>What is wrong with the settings of emulated devices.</summary>
internal static class EmulationFaults
{
    /// <summary>The first fault; null without any.</summary>
    public static string? Find(GatewayOptions options)
    {
        if (options.DeviceProfile is not { } profile)
        {
            return NeedsProfile(options);
        }

        if (options.ExpertHosts is not null)
        {
            return $"{Name(nameof(options.DeviceProfile))} is '{profile}', but the experts are on the hosts of --expert-hosts, whose devices are real. "
                + "Leave out --device-profile or --expert-hosts.";
        }

        return !DeviceProfiles.Names.Contains(profile)
            ? $"{Name(nameof(options.DeviceProfile))} is '{profile}'; allowed: {string.Join(", ", DeviceProfiles.Names)}. "
                + "Set DAPRMOE__GATEWAY__DEVICEPROFILE or --device-profile."
            : options.ShapeAs is { } shape && !ModelShapes.Names.Contains(shape)
            ? $"{Name(nameof(options.ShapeAs))} is '{shape}'; allowed: {string.Join(", ", ModelShapes.Names)}. Set DAPRMOE__GATEWAY__SHAPEAS or --shape-as."
            : null;
    }

    private static string? NeedsProfile(GatewayOptions options) =>
        options.ShapeAs is { } shape ? $"{Name(nameof(options.ShapeAs))} is '{shape}', but no devices are emulated. Give --device-profile too."
        : options.Pace > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Name(nameof(options.Pace))} is {options.Pace}, but no devices are emulated. Give --device-profile too.")
        : null;

    private static string Name(string setting) => $"{GatewayOptions.Section}:{setting}";
}
