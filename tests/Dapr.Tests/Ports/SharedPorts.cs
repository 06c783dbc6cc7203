namespace DaprMoE.Dapr.Tests;

/// <summary>The tests that share <see cref="SidecarPorts"/>.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPorts : ICollectionFixture<SidecarPorts>
{
    public const string Name = "ports on a sidecar";
}
