using System.Text.Json.Serialization;

namespace DaprMoE.Workflows;

/// <summary>What a rollout finds when it begins.</summary>
/// <param name="Standing">Where it stands.</param>
/// <param name="Devices">Devices of the proposed plan and of the one that it replaces.</param>
internal sealed record RolloutScope(RolloutStanding Standing, IReadOnlyList<string> Devices);

/// <summary>Where a rollout stands when it begins, for the first time or again.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RolloutStanding>))]
internal enum RolloutStanding
{
    /// <summary>The plan is to be brought into force, or is and has to be tidied up after.</summary>
    Open,

    /// <summary>It is being taken back.</summary>
    TakingBack,

    /// <summary>It has ended; the plan is in force.</summary>
    Ended,

    /// <summary>A newer plan is in force.</summary>
    Superseded,
}
