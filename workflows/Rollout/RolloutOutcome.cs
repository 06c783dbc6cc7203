using System.Text.Json.Serialization;

namespace DaprMoE.Workflows;

/// <summary>How a rollout ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RolloutOutcome>))]
public enum RolloutOutcome
{
    /// <summary>The plan is in force, and what it replaces has gone.</summary>
    Done,

    /// <summary>The plan did not come into force: the one before it is, again.</summary>
    TakenBack,

    /// <summary>A newer plan is on its way or in force; it takes care of everything.</summary>
    Superseded,
}
