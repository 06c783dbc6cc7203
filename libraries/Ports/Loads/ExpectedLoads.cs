namespace DaprMoE.Ports;

/// <summary>
/// What is known of a window before it comes, from the requests that run and wait when the last one closes. Add the running requests, then
/// those in the queue in the order in which they will be taken.
/// </summary>
/// <param name="shape">Layers and experts.</param>
/// <param name="tokenLoads">The token table.</param>
/// <param name="promptTokens">
/// Prompt tokens of the window that closes: about as many will be computed in the next one, and what waits behind them says nothing about
/// it.
/// </param>
public sealed class ExpectedLoads(LayerShape shape, ITokenLoads tokenLoads, long promptTokens)
{
    /// <summary>
    /// What a token of a running request counts against one that is still to be computed: it only tells what the rest of its answer is
    /// like. Measured best of 0, 0.3 and 1 on short chats.
    /// </summary>
    private const float RunningWeight = 0.3f;

    private readonly float[] _loads = new float[shape.Count];
    private long _queued;

    /// <summary>Adds a running request.</summary>
    /// <param name="tokens">Its tokens so far.</param>
    public void AddRunning(ReadOnlySpan<int> tokens) => tokenLoads.Add(tokens, RunningWeight, _loads);

    /// <summary>Adds a waiting request.</summary>
    /// <param name="prompt">Its prompt.</param>
    /// <returns>False when it and those behind it will hardly be computed in the next window: nothing was added.</returns>
    public bool TryAddQueued(ReadOnlySpan<int> prompt)
    {
        if (_queued >= promptTokens)
        {
            return false;
        }

        tokenLoads.Add(prompt, 1, _loads);
        _queued += prompt.Length;
        return true;
    }

    /// <summary>Tokens of each expert, [layers x experts], for <see cref="LoadWindow.Expected"/>.</summary>
    public float[] ToArray() => [.. _loads];
}
