namespace DaprMoE.Ports;

/// <summary>Ids of workflow runs: what a Dapr sidecar takes, too.</summary>
public static class RunIds
{
    /// <summary>Most characters of an id.</summary>
    public const int MaxLength = 64;

    /// <summary>Refuses what can't name a run.</summary>
    /// <exception cref="ArgumentException">It is empty, too long, or has other characters than letters, digits, '-' and '_'.</exception>
    public static void Require(string id)
    {
        if (id is not { Length: >= 1 and <= MaxLength } || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new ArgumentException($"'{id}' can't name a workflow run; give 1 … {MaxLength} letters, digits, '-' or '_'.", nameof(id));
        }
    }
}
