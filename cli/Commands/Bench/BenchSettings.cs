namespace DaprMoE.Cli;

/// <summary>Sizes of a bench.</summary>
/// <param name="Threads">Threads that compute.</param>
/// <param name="Prompt">Tokens of the prompt that is timed.</param>
/// <param name="Tokens">Tokens decoded per run.</param>
/// <param name="Batch">Sequences of the batch that is timed.</param>
/// <param name="Triples">Triples of probe, run, probe in a series.</param>
internal sealed record BenchSettings(int Threads, int Prompt, int Tokens, int Batch, int Triples)
{
    /// <summary>Tokens of the prompt before the decoding that is timed.</summary>
    public const int DecodePrompt = 16;

    /// <summary>Tokens of the longest sequence.</summary>
    public int ContextLength => Math.Max(Prompt, DecodePrompt) + Tokens;
}
