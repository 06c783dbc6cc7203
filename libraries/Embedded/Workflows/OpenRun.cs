namespace DaprMoE.Embedded;

/// <summary>A run that has not ended.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Input">The input, as JSON.</param>
internal sealed record OpenRun(string Id, string Workflow, string? Input);
