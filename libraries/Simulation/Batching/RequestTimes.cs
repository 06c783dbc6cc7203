namespace DaprMoE.Simulation;

/// <summary>Times that requests saw: until the first token, and per further token.</summary>
internal sealed class RequestTimes
{
    public Distribution FirstToken { get; } = new();

    public Distribution PerToken { get; } = new();
}
