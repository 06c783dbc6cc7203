namespace DaprMoE.Models;

/// <summary>The feed-forward part of one layer.</summary>
public abstract record FeedForwardDescription;
