namespace DaprMoE.Dashboard;

/// <summary>Requests that are being answered.</summary>
/// <param name="Shown">The oldest of them.</param>
/// <param name="Total">How many there are.</param>
public sealed record RequestsView(IReadOnlyList<RequestView> Shown, int Total);

/// <summary>A request that is being answered. Its texts are nobody's business.</summary>
/// <param name="Id">Its id, as in the answer and the log.</param>
/// <param name="Kind">What was asked for: <c>chat</c> or <c>completion</c>.</param>
/// <param name="Age">Time since it arrived.</param>
/// <param name="PromptTokens">Tokens of its prompts.</param>
/// <param name="GeneratedTokens">Tokens generated so far.</param>
public sealed record RequestView(string Id, string Kind, TimeSpan Age, int PromptTokens, int GeneratedTokens);
