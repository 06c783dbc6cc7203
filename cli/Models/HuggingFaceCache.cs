namespace DaprMoE.Cli;

/// <summary>Models that the Hugging Face tools have downloaded: <c>hub/models--ORG--NAME/snapshots/COMMIT</c>.</summary>
internal static class HuggingFaceCache
{
    /// <summary>The snapshot that <c>main</c> names, or null.</summary>
    public static string? Find(string model, CommandEnvironment environment)
    {
        var parts = model.Split('/');
        if (parts.Length != 2 || Array.Exists(parts, part => part.Length == 0 || part[0] == '.'))
        {
            return null;
        }

        var entry = Path.Combine(Hub(environment), $"models--{parts[0]}--{parts[1]}");
        var reference = Path.Combine(entry, "refs", "main");
        if (!File.Exists(reference))
        {
            return null;
        }

        var snapshot = Path.Combine(entry, "snapshots", File.ReadAllText(reference).Trim());
        return Directory.Exists(snapshot) ? snapshot : null;
    }

    private static string Hub(CommandEnvironment environment)
    {
        if (environment.Variable("HF_HUB_CACHE") is { Length: > 0 } hub)
        {
            return hub;
        }

        var home = environment.Variable("HF_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(environment.Variable("HOME") ?? "", ".cache", "huggingface");
        return Path.Combine(home, "hub");
    }
}
