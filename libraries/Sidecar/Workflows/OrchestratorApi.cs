using System.Text.Json;

namespace DaprMoE.Sidecar;

/// <summary>What the orchestrator offers to the other services by invocation. A fault comes as problem details.</summary>
public static class OrchestratorApi
{
    /// <summary>
    /// A run: <c>POST</c> starts it (201; 409 when it is under way; 404 for an unknown workflow), <c>GET</c> reads it (200, or 404),
    /// <c>DELETE</c> forgets it once it has ended (204, or 409).
    /// </summary>
    public const string Run = "/workflow-runs/{id}";

    /// <summary><c>POST</c> ends a run where it is (204).</summary>
    public const string Terminate = Run + "/terminate";

    /// <summary>The path of one run.</summary>
    /// <param name="id">Its id.</param>
    public static string RunPath(string id) => Run.Replace("{id}", Uri.EscapeDataString(id), StringComparison.Ordinal);

    /// <summary>The path that ends one run.</summary>
    /// <param name="id">Its id.</param>
    public static string TerminatePath(string id) => Terminate.Replace("{id}", Uri.EscapeDataString(id), StringComparison.Ordinal);

    /// <summary>The body of a start.</summary>
    /// <param name="Workflow">Name of the workflow's class.</param>
    /// <param name="Input">The input; null when there is none.</param>
    public sealed record Start(string Workflow, JsonElement? Input);
}
