using System.ComponentModel.DataAnnotations;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Autoscaler;

/// <summary>Settings of the autoscaler; section <c>Autoscaler</c>, environment <c>DAPRMOE__AUTOSCALER__…</c>.</summary>
public sealed class AutoscalerOptions : IValidatableObject
{
    /// <summary>The section that these are read from.</summary>
    public const string Section = "Autoscaler";

    /// <value>Address that the probes are answered on, as a process of its own. The default is <c>http://127.0.0.1:8084</c>.</value>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:8084";

    /// <value>
    /// The SQLite file of state, as a process of its own. The default is <c>daprmoe/state.db</c> in the user's folder for data.
    /// </value>
    [Required]
    public string StateFile { get; set; } =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "daprmoe", "state.db");

    /// <value>The gateway whose windows are read. The default is <c>gateway</c>.</value>
    [Required]
    public string Source { get; set; } = "gateway";

    /// <value>The policy that makes the plans. The default is <c>auto</c>.</value>
    [Required]
    public string Policy { get; set; } = "auto";

    /// <value>Windows of load between two plans. The default is 5.</value>
    [Range(1, LoadWindowLog.Places)]
    public int WindowsPerPlan { get; set; } = PolicyDefaults.WindowsPerPlan;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        string? fault = null;
        try
        {
            _ = new ActivePolicy(Policy);
        }
        catch (SchedulingException exception)
        {
            fault = exception.Message;
        }

        if (fault is not null)
        {
            yield return new ValidationResult($"{Section}:{nameof(Policy)} is '{Policy}': {fault} Set DAPRMOE__AUTOSCALER__POLICY.");
        }

        if (!StateKeys.IsName(Source))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(Source)} is '{Source}'; allowed: 1 … {StateKeys.MaxNameLength} letters, digits, '-', '_' or '.'. "
                + "Set DAPRMOE__AUTOSCALER__SOURCE.");
        }
    }
}
