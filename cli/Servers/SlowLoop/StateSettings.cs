namespace DaprMoE.Cli;

/// <summary>Settings of the state that <c>serve</c> keeps; section <c>State</c>, environment <c>DAPRMOE__STATE__…</c>.</summary>
internal sealed class StateSettings
{
    /// <summary>The section that these are read from.</summary>
    public const string Section = "State";

    /// <value>The SQLite file of plans, windows and predictors. The default is one for each model in the user's folder for data.</value>
    public string? File { get; set; }
}
