namespace DaprMoE.Dapr.Tests;

/// <summary>How a sidecar is started.</summary>
/// <param name="AppId">Its app's id.</param>
/// <param name="Resources">Folders of its components.</param>
internal sealed record SidecarSettings(string AppId, IReadOnlyList<string> Resources)
{
    /// <summary>The configuration file; null: none.</summary>
    public string? Configuration { get; init; }

    /// <summary>Where its app listens; null: nowhere.</summary>
    public string? AppPort { get; init; }

    /// <summary>Asked of those who call it; null: nothing.</summary>
    public string? ApiToken { get; init; }

    /// <summary>Shown to its app; null: nothing.</summary>
    public string? AppToken { get; init; }

    /// <summary>Other variables of its environment.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment { get; init; } = [];

    /// <summary>Largest body that it takes.</summary>
    public string MaxBodySize { get; init; } = "4Mi";
}
