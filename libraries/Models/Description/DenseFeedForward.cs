namespace DaprMoE.Models;

/// <summary>One gated network for every token: down( silu(gate x) * up x ).</summary>
/// <param name="FfnSize">Width of the gated product.</param>
public sealed record DenseFeedForward(int FfnSize) : FeedForwardDescription;
