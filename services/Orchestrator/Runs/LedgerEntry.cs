namespace DaprMoE.Orchestrator;

/// <summary>A run that was started and is not purged yet.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Workflow">Name of the workflow's class.</param>
/// <param name="StartedAt">When it was started.</param>
internal sealed record LedgerEntry(string Id, string Workflow, DateTimeOffset StartedAt);
