using System.Text.Json.Serialization;

namespace DaprMoE.Workflows;

/// <summary>Which of a rollout's two plans a step works for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RolloutSide>))]
public enum RolloutSide
{
    /// <summary>The proposed plan, against the one that it replaces.</summary>
    Proposed,

    /// <summary>The replaced plan, which comes back, against the proposed one.</summary>
    Restored,
}
