namespace DaprMoE.Simulation;

/// <summary>What one iteration computes: decode tokens, one per running sequence, and chunks of prompts.</summary>
internal sealed class Batch
{
    /// <summary>Most tokens of an iteration: times any model's experts per token they stay countable.</summary>
    public const int MostTokens = 1 << 24;

    /// <summary>Decode tokens of a batch of a given size; what is above is prompts.</summary>
    public const int MostDecodeTokens = 64;

    /// <summary>Tokens of a prompt where only the size of the batch is given.</summary>
    public const int PromptTokens = 1024;

    private readonly List<int> _prompts = [];

    /// <summary>Decode tokens, each of another sequence.</summary>
    public int DecodeTokens { get; private set; }

    /// <summary>Tokens of each prompt chunk.</summary>
    public IReadOnlyList<int> Prompts => _prompts;

    /// <summary>All tokens of the iteration.</summary>
    public int Tokens { get; private set; }

    /// <summary>
    /// A batch of a given size: at most 64 decode tokens, the rest prompts of 1,024 tokens, of which the last may be shorter.
    /// </summary>
    public static Batch OfTokens(int tokens)
    {
        Batch batch = new();
        batch.Fill(tokens);
        return batch;
    }

    /// <summary>Makes this a batch of a given size, composed as by <see cref="OfTokens"/>.</summary>
    public void Fill(int tokens)
    {
        Clear();
        AddDecodeTokens(Math.Min(tokens, MostDecodeTokens));
        while (Tokens < tokens)
        {
            AddPrompt(Math.Min(PromptTokens, tokens - Tokens));
        }
    }

    /// <summary>Empties the batch for the next iteration.</summary>
    public void Clear()
    {
        _prompts.Clear();
        DecodeTokens = 0;
        Tokens = 0;
    }

    /// <summary>Adds sequences that generate one token each.</summary>
    /// <exception cref="SimulationException">The batch has more than <see cref="MostTokens"/>.</exception>
    public void AddDecodeTokens(int tokens)
    {
        Count(tokens);
        DecodeTokens += tokens;
    }

    /// <summary>Adds a chunk of one prompt.</summary>
    /// <exception cref="SimulationException">The batch has more than <see cref="MostTokens"/>.</exception>
    public void AddPrompt(int tokens)
    {
        Count(tokens);
        _prompts.Add(tokens);
    }

    private void Count(int tokens)
    {
        if (tokens > MostTokens - Tokens)
        {
            throw new SimulationException(
                $"An iteration has {(long)Tokens + tokens} tokens; it may have {MostTokens}. Let fewer requests arrive at a time, or batch "
                + "them continuously within a budget of tokens.");
        }

        Tokens += tokens;
    }
}
