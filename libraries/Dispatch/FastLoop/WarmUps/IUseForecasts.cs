namespace DaprMoE.Dispatch;

/// <summary>Tells devices how likely experts are used next, for the order in which they evict. Called from the engine's thread.</summary>
public interface IUseForecasts
{
    /// <summary>How likely each expert of a layer is used by its next run.</summary>
    /// <param name="device">The device, by number.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="chances">0 to 1, by expert; read during the call only.</param>
    void Expect(int device, int layer, ReadOnlyMemory<float> chances);
}
