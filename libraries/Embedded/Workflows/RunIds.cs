namespace DaprMoE.Embedded;

/// <summary>Ids of runs: what a Dapr sidecar takes, too.</summary>
internal static class RunIds
{
    private const int MaxLength = 64;

    public static void Require(string id)
    {
        if (id is not { Length: >= 1 and <= MaxLength } || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new ArgumentException($"'{id}' can't name a workflow run; give 1 … {MaxLength} letters, digits, '-' or '_'.", nameof(id));
        }
    }
}
