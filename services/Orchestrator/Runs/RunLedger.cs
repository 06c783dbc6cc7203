using System.Text.Json;
using DaprMoE.Ports;
using Microsoft.Extensions.Options;

namespace DaprMoE.Orchestrator;

/// <summary>
/// The runs that were started and are not purged yet: Dapr keeps a run until it is told to forget it, and does not list them. It stands in
/// state, so that a restarted orchestrator, or another replica of it, purges what this one started.
/// </summary>
internal sealed class RunLedger(IStateStore state, IOptions<OrchestratorOptions> options)
{
    private const string Key = "orchestrator-runs";

    /// <summary>All entries, the oldest first.</summary>
    /// <exception cref="StateStoreException">They can't be read.</exception>
    public async Task<IReadOnlyList<LedgerEntry>> ReadAsync(CancellationToken cancellationToken) =>
        Decode(await state.GetAsync(Key, cancellationToken));

    /// <summary>Notes a run; one of the same id is replaced.</summary>
    /// <exception cref="WorkflowStartException">As many runs as may be are there.</exception>
    /// <exception cref="StateStoreException">It can't be noted.</exception>
    public Task AddAsync(LedgerEntry entry, CancellationToken cancellationToken) => ChangeAsync(
        entries =>
        {
            entries.RemoveAll(other => other.Id == entry.Id);
            if (entries.Count >= options.Value.MaxRuns)
            {
                throw new WorkflowStartException(
                    $"Workflow '{entry.Workflow}' can't be started: {entries.Count} runs are under way or kept, as many as may be "
                    + $"({OrchestratorOptions.Section}:{nameof(OrchestratorOptions.MaxRuns)}). Try again later.");
            }

            entries.Add(entry);
        },
        cancellationToken);

    /// <summary>Forgets entries; one that was replaced meanwhile stays.</summary>
    /// <exception cref="StateStoreException">They can't be written.</exception>
    public Task RemoveAsync(IReadOnlyCollection<LedgerEntry> gone, CancellationToken cancellationToken) =>
        gone.Count == 0 ? Task.CompletedTask : ChangeAsync(entries => entries.RemoveAll(gone.Contains), cancellationToken);

    private async Task ChangeAsync(Action<List<LedgerEntry>> change, CancellationToken cancellationToken)
    {
        bool isWritten;
        do
        {
            StateEntry? before = await state.GetAsync(Key, cancellationToken);
            List<LedgerEntry> entries = Decode(before);
            change(entries);
            byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(entries, JsonSerializerOptions.Web);
            isWritten = await state.TrySetAsync(Key, bytes, before?.ETag, cancellationToken);
        }
        while (!isWritten);
    }

    private static List<LedgerEntry> Decode(StateEntry? entry)
    {
        try
        {
            List<LedgerEntry>? entries = entry is null
                ? null
                : JsonSerializer.Deserialize<List<LedgerEntry>>(entry.Value.Span, JsonSerializerOptions.Web);
            return [.. (entries ?? []).Where(run => run is { Id: not null, Workflow: not null })];
        }
        catch (JsonException exception)
        {
            throw new StateStoreException(
                $"'{Key}' holds no list of workflow runs: {exception.Message} Delete it; runs of it that have ended stay unpurged then.",
                exception);
        }
    }
}
