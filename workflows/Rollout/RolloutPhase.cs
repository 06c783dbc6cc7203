using System.Text.Json.Serialization;

namespace DaprMoE.Workflows;

/// <summary>Where a rollout is: its custom status.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RolloutPhase>))]
public enum RolloutPhase
{
    /// <summary>Devices are told to load.</summary>
    Warm,

    /// <summary>Devices load.</summary>
    Wait,

    /// <summary>The plan comes into force.</summary>
    Switch,

    /// <summary>Replaced replicas take no new calls.</summary>
    Drain,

    /// <summary>Replaced replicas go.</summary>
    Evict,

    /// <summary>A step failed: the plan before comes back.</summary>
    TakeBack,

    /// <summary>It has ended.</summary>
    End,
}
