using DaprMoE.Ports;

namespace DaprMoE.Dapr.Tests;

/// <summary>State in SQLite, by two sidecars.</summary>
[Collection(SharedPorts.Name)]
public sealed class StateStoreTests(SidecarPorts ports) : StateStoreContract
{
    private protected override IStateStore State => ports.Autoscaler.State;

    private protected override IStateStore Other => ports.Hosts[0].State;

    private protected override void Require() => ports.Require();
}
