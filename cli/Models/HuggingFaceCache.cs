namespace DaprMoE.Cli;

/// <summary>The cache of the Hugging Face tools: an entry <c>models--ORGANISATION--NAME</c> for each model that was downloaded.</summary>
internal static class HuggingFaceCache
{
    /// <summary>The entry of <c>ORGANISATION/NAME</c>, or null.</summary>
    public static string? Find(string model, CommandEnvironment environment)
    {
        string[] parts = model.Split('/');
        if (parts.Length != 2 || Array.Exists(parts, part => part.Length == 0 || part[0] == '.'))
        {
            return null;
        }

        string entry = Path.Combine(Hub(environment), $"models--{parts[0]}--{parts[1]}");
        return Directory.Exists(entry) ? entry : null;
    }

    private static string Hub(CommandEnvironment environment)
    {
        if (environment.Variable("HF_HUB_CACHE") is { Length: > 0 } hub)
        {
            return hub;
        }

        string home = environment.Variable("HF_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(environment.Variable("HOME") ?? "", ".cache", "huggingface");
        return Path.Combine(home, "hub");
    }
}
