using DaprMoE.Ports;

namespace DaprMoE.Dapr.Tests;

/// <summary>State in PostgreSQL, whose address and secrets come from the sidecar's environment.</summary>
public sealed class PostgresStateTests(PostgresState postgres) : StateStoreContract, IClassFixture<PostgresState>
{
    private protected override IStateStore State => postgres.Services[0].State;

    private protected override IStateStore Other => postgres.Services[1].State;

    private protected override void Require() => postgres.Require();
}
