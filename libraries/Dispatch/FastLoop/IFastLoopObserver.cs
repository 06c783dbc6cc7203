namespace DaprMoE.Dispatch;

/// <summary>Is told what the fast loop decided about each layer. Called from the engine's thread, so it has to be quick.</summary>
public interface IFastLoopObserver
{
    /// <summary>A layer is computed: its real loads are known beside what was foreseen and decided.</summary>
    /// <param name="decision">What was decided; valid during the call only.</param>
    void Decided(in LayerDecision decision);
}
