namespace DaprMoE.Scheduling;

/// <summary>The part of a layer run that is one request's.</summary>
/// <param name="Request">The request.</param>
/// <param name="Tokens">Tokens of it that are routed in the run, at least 0.</param>
public readonly record struct RequestTokens(string Request, int Tokens);
