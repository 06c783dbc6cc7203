using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>A replica at one moment.</summary>
/// <param name="Id">Its name, such as <c>L3.E14.R0</c>.</param>
/// <param name="Layer">Its layer.</param>
/// <param name="Expert">Its expert within the layer.</param>
/// <param name="Replica">Which copy of the expert.</param>
/// <param name="Device">Name of its device.</param>
/// <param name="State"><c>loading</c>, <c>warm</c>, <c>busy</c> or <c>draining</c>.</param>
/// <param name="Bytes">Bytes that it holds.</param>
/// <param name="Calls">Calls that use it now.</param>
/// <param name="Pinned">Whether it stays whatever comes.</param>
/// <param name="Planned">Whether the plan holds it.</param>
/// <param name="Load">Tokens that went to its expert within the latest window.</param>
/// <param name="IdleLeftSeconds">How long it stays if nobody uses it; null for what is in use, or held by pin, plan or the map.</param>
public sealed record ExpertInstance(
    string Id,
    int Layer,
    int Expert,
    int Replica,
    string Device,
    string State,
    long Bytes,
    int Calls,
    bool Pinned,
    bool Planned,
    long Load,
    double? IdleLeftSeconds)
{
    /// <summary>The order of lists: by layer, expert and copy.</summary>
    internal static (int Layer, int Expert, int Replica) Place(ExpertInstance instance) => (instance.Layer, instance.Expert, instance.Replica);

    /// <summary>One without a keep-alive: under static homes what lies idle stays until its memory is needed.</summary>
    internal static ExpertInstance Of(
        ReplicaId replica, string device, ReplicaState state, long bytes, int calls, bool isPinned, bool isPlanned, long load) => new(
        replica.ToString(),
        replica.Expert.Layer,
        replica.Expert.Expert,
        replica.Index,
        device,
        state.Name(),
        bytes,
        calls,
        isPinned,
        isPlanned,
        load,
        IdleLeftSeconds: null);
}
