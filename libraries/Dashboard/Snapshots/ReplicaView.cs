namespace DaprMoE.Dashboard;

/// <summary>A copy of an expert.</summary>
/// <param name="Layer">Its layer.</param>
/// <param name="Expert">Its expert within the layer.</param>
/// <param name="Index">Which copy.</param>
/// <param name="Device">Name of its device.</param>
/// <param name="State">One of <see cref="ReplicaStates"/>.</param>
/// <param name="Bytes">Bytes that it holds.</param>
/// <param name="Planned">Whether the plan holds it.</param>
/// <param name="Pinned">Whether it stays whatever comes.</param>
public sealed record ReplicaView(int Layer, int Expert, int Index, string Device, string State, long Bytes, bool Planned, bool Pinned);
