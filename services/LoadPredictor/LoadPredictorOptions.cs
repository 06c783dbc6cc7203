using System.ComponentModel.DataAnnotations;
using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor;

/// <summary>Settings of the load predictor; section <c>LoadPredictor</c>, environment <c>DAPRMOE__LOADPREDICTOR__…</c>.</summary>
public sealed class LoadPredictorOptions : IValidatableObject
{
    /// <summary>The section that these are read from.</summary>
    public const string Section = "LoadPredictor";

    /// <value>Address that the probes are answered on, as a process of its own. The default is <c>http://127.0.0.1:8083</c>.</value>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:8083";

    /// <value>
    /// The SQLite file of state, as a process of its own. The default is <c>daprmoe/state.db</c> in the user's folder for data.
    /// </value>
    [Required]
    public string StateFile { get; set; } =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "daprmoe", "state.db");

    /// <value>The gateway whose windows are read. The default is <c>gateway</c>.</value>
    [Required]
    public string Source { get; set; } = "gateway";

    /// <value>Windows that are kept and learned from. The default is 256.</value>
    [Range(64, LoadWindowLog.Places)]
    public int Windows { get; set; } = LoadWindowLog.Places;

    /// <value>Windows before the first fit. The default is 32.</value>
    [Range(32, LoadWindowLog.Places)]
    public int LeastWindows { get; set; } = 32;

    /// <value>New windows between two fits. The default is 16.</value>
    [Range(1, 100_000)]
    public int RefitEvery { get; set; } = 16;

    /// <value>Most rows of a fit, which bound its time: about a second for each 100,000. The default is 100000.</value>
    [Range(1000, 1_000_000)]
    public int MaxRows { get; set; } = 100_000;

    /// <value>Seed of the fits. The default is 1.</value>
    [Range(0, int.MaxValue)]
    public int Seed { get; set; } = 1;

    /// <value>Whether what queued and running requests announce is used. The default is true.</value>
    public bool UseExpectations { get; set; } = true;

    /// <summary>What of these concerns fits.</summary>
    internal FitSettings Fit => new()
    {
        Windows = Windows,
        LeastWindows = LeastWindows,
        RefitEvery = RefitEvery,
        MaxRows = MaxRows,
        Seed = Seed,
        UseExpectations = UseExpectations,
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LeastWindows > Windows)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(LeastWindows)} is {LeastWindows}; allowed: at most {Section}:{nameof(Windows)}, {Windows}. "
                + "Set DAPRMOE__LOADPREDICTOR__LEASTWINDOWS.");
        }

        if (!StateKeys.IsName(Source))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(Source)} is '{Source}'; allowed: 1 … {StateKeys.MaxNameLength} letters, digits, '-', '_' or '.'. "
                + "Set DAPRMOE__LOADPREDICTOR__SOURCE.");
        }
    }
}
