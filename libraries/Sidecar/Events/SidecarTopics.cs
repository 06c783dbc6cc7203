namespace DaprMoE.Sidecar;

/// <summary>The topics that a process has its sidecar subscribe to.</summary>
internal sealed record SidecarTopics(IReadOnlyList<string> Names);
