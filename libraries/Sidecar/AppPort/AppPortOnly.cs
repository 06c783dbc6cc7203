namespace DaprMoE.Sidecar;

/// <summary>Marks a route that is there on the app port only.</summary>
internal sealed class AppPortOnly
{
    public static AppPortOnly Instance { get; } = new();
}
