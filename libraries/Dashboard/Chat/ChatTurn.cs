namespace DaprMoE.Dashboard;

/// <summary>One side's turn in a conversation.</summary>
/// <param name="Role"><c>user</c> or <c>assistant</c>.</param>
/// <param name="Text">What was said.</param>
public sealed record ChatTurn(string Role, string Text)
{
    /// <summary>The role of the one who asks.</summary>
    public const string User = "user";

    /// <summary>The role of the model.</summary>
    public const string Assistant = "assistant";
}
