namespace DaprMoE.Models;

/// <summary>Rules that turn router logits into chosen experts and combine weights.</summary>
public enum GateKind
{
    /// <summary>Softmax over all experts, the k largest, weights as they are.</summary>
    Softmax,

    /// <summary>Softmax over all experts, the k largest, weights divided by their sum.</summary>
    SoftmaxNormalized,
}
