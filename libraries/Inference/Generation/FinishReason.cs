namespace DaprMoE.Inference;

/// <summary>Why a sequence ended.</summary>
public enum FinishReason
{
    /// <summary>An end token or a stop string came.</summary>
    Stop,

    /// <summary>MaxTokens were generated.</summary>
    Length,

    /// <summary>The caller left.</summary>
    Cancelled,

    /// <summary>The engine failed; the generation's error says how.</summary>
    Error,
}
