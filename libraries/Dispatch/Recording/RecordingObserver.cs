using DaprMoE.Inference;
using DaprMoE.Predictors;

namespace DaprMoE.Dispatch;

/// <summary>Hands what an engine computes to a recorder. The recorder may be read from another thread meanwhile.</summary>
/// <param name="recorder">Keeps what it is bounded to.</param>
public sealed class RecordingObserver(PromptRecorder recorder) : IForwardObserver
{
    /// <inheritdoc/>
    public void BeforeLayers(in ForwardRows rows)
    {
        recorder.BeginIteration(rows.Tokens.Length);
        foreach (ForwardRun run in rows.Runs)
        {
            recorder.AddRun(run.Sequence, run.FirstRow, run.FirstPosition, rows.Tokens.Slice(run.FirstRow, run.Rows), run.PromptRows);
        }
    }

    /// <inheritdoc/>
    public void BeforeGate(int layer, ReadOnlySpan<float> gateInput) => recorder.GateInputs(layer, gateInput);

    /// <inheritdoc/>
    public void AfterGate(int layer, ReadOnlySpan<float> routerLogits, ReadOnlySpan<int> experts, ReadOnlySpan<float> weights) =>
        recorder.Choices(layer, experts);
}
