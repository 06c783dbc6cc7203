using DaprMoE.Ports;
using DaprMoE.Ports.Tests;
using Microsoft.Extensions.Options;

namespace DaprMoE.Orchestrator.Tests;

public sealed class RunLedgerTests
{
    private readonly MemoryState _state = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_Runs_AreReadByAnotherOrchestrator()
    {
        await Ledger().AddAsync(Run("a", 1), Cancel);
        await Ledger().AddAsync(Run("b", 2), Cancel);
        await Ledger().AddAsync(Run("a", 3), Cancel);
        Assert.Equal([Run("b", 2), Run("a", 3)], await Ledger().ReadAsync(Cancel));
    }

    [Fact]
    public async Task Add_MoreThanMayBe_IsRefusedWithTheSetting()
    {
        RunLedger ledger = Ledger(maxRuns: 2);
        await ledger.AddAsync(Run("a", 1), Cancel);
        await ledger.AddAsync(Run("b", 1), Cancel);
        await ledger.AddAsync(Run("b", 2), Cancel);
        WorkflowStartException fault = await Assert.ThrowsAsync<WorkflowStartException>(() => ledger.AddAsync(Run("c", 1), Cancel));
        Assert.Contains("Orchestrator:MaxRuns", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_RunThatWasStartedAgainMeanwhile_Stays()
    {
        RunLedger ledger = Ledger();
        await ledger.AddAsync(Run("a", 1), Cancel);
        await ledger.AddAsync(Run("b", 1), Cancel);
        await ledger.AddAsync(Run("a", 2), Cancel);
        await ledger.RemoveAsync([Run("a", 1), Run("b", 1)], Cancel);
        Assert.Equal([Run("a", 2)], await ledger.ReadAsync(Cancel));
    }

    [Fact]
    public async Task Add_AnotherOrchestratorAtTheSameTime_LosesNeither()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Ledger().AddAsync(Run($"run-{i}", i), Cancel)));
        Assert.Equal(20, (await Ledger().ReadAsync(Cancel)).Count);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    public async Task Read_SomethingElse_IsRefusedByName(string text)
    {
        await _state.SetAsync("orchestrator-runs", System.Text.Encoding.UTF8.GetBytes(text), Cancel);
        StateStoreException fault = await Assert.ThrowsAsync<StateStoreException>(() => Ledger().ReadAsync(Cancel));
        Assert.Contains("orchestrator-runs", fault.Message, StringComparison.Ordinal);
    }

    private static LedgerEntry Run(string id, int hour) =>
        new(id, "PlanRollout", new DateTimeOffset(2026, 1, 1, hour, 0, 0, TimeSpan.Zero));

    private RunLedger Ledger(int maxRuns = 256) => new(_state, Options.Create(new OrchestratorOptions { MaxRuns = maxRuns }));
}
