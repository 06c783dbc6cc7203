namespace DaprMoE.Predictors;

/// <summary>Shares of the experts by token id, for each MoE layer.</summary>
/// <param name="Tokens">Ids that have a row of their own, ascending.</param>
/// <param name="Layers">The layers' shares.</param>
internal sealed record TokenTable(int[] Tokens, IReadOnlyList<TokenTableLayer> Layers);

/// <summary>One layer of a token table.</summary>
/// <param name="Shares">[tokens + 1, E], bf16; each row adds up to 1. The last row is for all other tokens.</param>
/// <param name="Form">How loads come of shares.</param>
/// <param name="BeatsConstants">Whether it forecasts held-out loads better than the training mean and the mean of the last 8.</param>
internal sealed record TokenTableLayer(ushort[] Shares, LoadForm Form, bool BeatsConstants);
