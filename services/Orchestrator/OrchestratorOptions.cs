using System.ComponentModel.DataAnnotations;

namespace DaprMoE.Orchestrator;

/// <summary>Settings of the orchestrator; section <c>Orchestrator</c>, environment <c>DAPRMOE__ORCHESTRATOR__…</c>.</summary>
public sealed class OrchestratorOptions
{
    /// <summary>The section that these are read from.</summary>
    public const string Section = "Orchestrator";

    /// <value>Address that the probes are answered on. The default is <c>http://127.0.0.1:8085</c>.</value>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:8085";

    /// <value>Most runs that are under way or kept; further starts are refused. The default is 256.</value>
    [Range(1, 10_000)]
    public int MaxRuns { get; set; } = 256;

    /// <value>Seconds for which a run that has ended can still be asked for; then it is purged. The default is 600.</value>
    [Range(1, 86_400)]
    public int KeepSeconds { get; set; } = 600;
}
