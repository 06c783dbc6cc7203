namespace DaprMoE.Gateway;

/// <summary>A request whose prompts are known.</summary>
/// <param name="Arrived">When it arrived, a timestamp of the clock.</param>
/// <param name="Model">The model.</param>
/// <param name="Parameters">What was asked for.</param>
/// <param name="Prompts">Token ids, one answer each.</param>
/// <param name="Format">The shape of the answer.</param>
internal sealed record PreparedRequest(
    long Arrived, ServedModel Model, GenerationParameters Parameters, IReadOnlyList<int[]> Prompts, AnswerFormat Format);
