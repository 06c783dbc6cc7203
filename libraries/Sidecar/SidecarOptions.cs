using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace DaprMoE.Sidecar;

/// <summary>How a service works with its Dapr sidecar; section <c>Sidecar</c>, environment <c>DAPRMOE__SIDECAR__…</c>.</summary>
public sealed class SidecarOptions
{
    /// <summary>The section that these are read from.</summary>
    public const string Section = "Sidecar";

    /// <value>
    /// Port on loopback that the sidecar calls this service on (<c>--app-port</c> of the sidecar). The default is 0: the service has no
    /// sidecar.
    /// </value>
    [Range(0, ushort.MaxValue)]
    public int AppPort { get; set; }

    /// <value>Name of the component that carries events. The default is <c>pubsub</c>.</value>
    [Required]
    public string PubSub { get; set; } = "pubsub";

    /// <value>Name of the component that keeps state and objects. The default is <c>statestore</c>.</value>
    [Required]
    public string StateStore { get; set; } = "statestore";

    /// <value>App-id of the service that runs workflows. The default is <c>orchestrator</c>.</value>
    [Required]
    public string Orchestrator { get; set; } = "orchestrator";

    /// <value>Longest time in seconds of one call of the sidecar. The default is 10.</value>
    [Range(1, 600)]
    public int CallSeconds { get; set; } = 10;

    internal TimeSpan CallTimeout => TimeSpan.FromSeconds(CallSeconds);

    /// <summary>Whether a process is told to work with a sidecar, before its container is built.</summary>
    /// <param name="configuration">The process's settings.</param>
    public static bool IsAskedFor(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration[$"{Section}:{nameof(AppPort)}"] is { Length: > 0 } port && port != "0";
    }
}
