namespace DaprMoE.Predictors;

/// <summary>One prompt and its answer in a <see cref="Recording"/>.</summary>
/// <param name="Sequence">The number that the engine knew it by.</param>
/// <param name="Topic">What it is about; empty where nobody said.</param>
/// <param name="FirstRow">Its first row in the recording.</param>
/// <param name="Tokens">Its rows: one per token, in order.</param>
/// <param name="PromptTokens">How many of them are the prompt's; the others were generated.</param>
public sealed record RecordedPrompt(int Sequence, string Topic, int FirstRow, int Tokens, int PromptTokens);
