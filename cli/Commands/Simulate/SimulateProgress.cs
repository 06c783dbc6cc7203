namespace DaprMoE.Cli;

/// <summary>How far simulations are, on the progress line.</summary>
internal sealed class SimulateProgress(ProgressLine line, string what) : IProgress<double>
{
    public void Report(double value) => line.Report(what, value);
}
