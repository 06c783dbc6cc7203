namespace DaprMoE.Gateway;

/// <summary>What chat and completions have in common; null: not given.</summary>
internal abstract class GenerationParameters
{
    public string? Model { get; set; }

    public bool Stream { get; set; }

    public StreamOptions? StreamOptions { get; set; }

    public Extensions? Extensions { get; set; }

    public int? MaxTokens { get; set; }

    public int? MaxCompletionTokens { get; set; }

    public float? Temperature { get; set; }

    public float? TopP { get; set; }

    public int? TopK { get; set; }

    public float? MinP { get; set; }

    public long? Seed { get; set; }

    public IReadOnlyList<string> Stop { get; set; } = [];

    public bool IgnoreEos { get; set; }

    /// <summary>Checks what concerns more than one parameter.</summary>
    /// <exception cref="ApiException">Two parameters contradict each other.</exception>
    public void CheckRelations()
    {
        if (StreamOptions is not null && !Stream)
        {
            throw ApiErrors.Conflict("stream_options", "'stream_options' is only allowed when 'stream' is true.");
        }

        if (MaxTokens is { } old && MaxCompletionTokens is { } current && old != current)
        {
            throw ApiErrors.Conflict(
                "max_tokens", $"'max_tokens' is {old} and 'max_completion_tokens' is {current}; they mean the same, so give one of them.");
        }
    }
}

/// <summary>The value of <c>stream_options</c>.</summary>
internal sealed class StreamOptions
{
    public bool IncludeUsage { get; set; }
}

/// <summary>The value of <c>daprmoe</c>: what no other server has.</summary>
internal sealed class Extensions
{
    public bool Usage { get; set; }
}
