using System.Text.Json.Serialization;

namespace DaprMoE.Cli;

/// <summary>What was found of one part.</summary>
/// <param name="Name">The part.</param>
/// <param name="State">Whether it is there.</param>
/// <param name="Detail">Where it is, or what is missing.</param>
/// <param name="Remedy">How to get it; null when nothing is missing.</param>
internal sealed record PartCheck(string Name, PartState State, string Detail, string? Remedy = null);

/// <summary>Whether a part is there.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PartState>))]
internal enum PartState
{
    /// <summary>It is there.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>It is not there, and the services run all the same.</summary>
    [JsonStringEnumMemberName("optional")]
    Optional,

    /// <summary>It is not there, and the services can't run.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,
}
