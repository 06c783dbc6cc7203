namespace DaprMoE.Dashboard;

/// <summary>What is served.</summary>
/// <param name="Model">The model's id; null until it is open.</param>
/// <param name="Phase">What the server does: <c>loading the model</c>, <c>ready</c>, <c>stopping</c>.</param>
/// <param name="Fault">What stopped the engine for good, a sentence; null while it works.</param>
/// <param name="ChatRefusal">Why the model can't chat, a sentence; null when it can.</param>
public sealed record ServerView(string? Model, string Phase, string? Fault, string? ChatRefusal);
