namespace DaprMoE.Gateway;

/// <summary>A message of a conversation, its parts joined.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Content">The text.</param>
/// <param name="Name">Who speaks, where it was given.</param>
internal sealed record ChatMessage(string Role, string Content, string? Name);
