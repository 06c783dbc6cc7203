namespace DaprMoE.Ports;

/// <summary>What one gateway's experts had to do in one window of time. Arrays are shared: nobody changes them.</summary>
public sealed record LoadWindow
{
    /// <summary>The window's number, from 1, without gaps.</summary>
    public required long Version { get; init; }

    /// <summary>The served model, as its fingerprint or name.</summary>
    public required string Model { get; init; }

    /// <summary>Layers and experts of <see cref="Loads"/>, <see cref="Expected"/> and the samples.</summary>
    public required LayerShape Shape { get; init; }

    /// <summary>When it closed, in Unix milliseconds.</summary>
    public required long ClosedAt { get; init; }

    /// <summary>Iterations in the window.</summary>
    public required int Iterations { get; init; }

    /// <summary>Prompt tokens computed in the window.</summary>
    public required int PromptTokens { get; init; }

    /// <summary>Decode tokens computed in the window.</summary>
    public required int DecodeTokens { get; init; }

    /// <summary>Tokens routed to each expert, [layers x experts].</summary>
    public required int[] Loads { get; init; }

    /// <summary>
    /// What is known of the window to come when this one closes: tokens of each expert by the token ids of queued and running requests,
    /// [layers x experts]; each layer's sum tells how much is known. Empty when nobody makes them.
    /// </summary>
    public float[] Expected { get; init; } = [];

    /// <summary>Some real iterations of the window, for policies that plan for iterations rather than means.</summary>
    public IReadOnlyList<LoadSample> Samples { get; init; } = [];

    /// <summary>Tokens of the window.</summary>
    public long Tokens => (long)PromptTokens + DecodeTokens;

    /// <summary>Part of the tokens that were prompt tokens, 0 … 1; 0 for an empty window.</summary>
    public double PromptFraction => Tokens == 0 ? 0 : (double)PromptTokens / Tokens;
}
