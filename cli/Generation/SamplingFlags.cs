using System.CommandLine;
using DaprMoE.Gateway;
using DaprMoE.Inference;

namespace DaprMoE.Cli;

/// <summary>How tokens are drawn, from the command line or else from the checkpoint's <c>generation_config.json</c>.</summary>
internal sealed class SamplingFlags
{
    private readonly Option<float?> _temperature =
        NumberOption.Create("--temperature", 0f, 2f, "Divides the logits; 0 always takes the best token");

    private readonly Option<float?> _topP =
        NumberOption.Share("--top-p", "Draw from the smallest set of tokens with this probability");

    private readonly Option<int?> _topK = NumberOption.AtLeast("--top-k", 0, "Draw from so many tokens; 0 means all");
    private readonly Option<float?> _minP = NumberOption.Create("--min-p", 0f, 1f, "Draw from tokens with this share of the best one's probability");
    private readonly Option<ulong?> _seed = NumberOption.AtLeast("--seed", 0UL, "The same seed gives the same answer; else it is random");
    private readonly Option<int?> _maxTokens = NumberOption.AtLeast("--max-tokens", 1, "Generate at most so many tokens");

    public void AddTo(Command command)
    {
        command.Options.Add(_temperature);
        command.Options.Add(_topP);
        command.Options.Add(_topK);
        command.Options.Add(_minP);
        command.Options.Add(_seed);
        command.Options.Add(_maxTokens);
    }

    /// <summary>The choices of a command line.</summary>
    public SamplingChoice Read(ParseResult arguments, GenerationDefaults defaults, Func<ulong> newSeed) => new(
        new SamplingOptions
        {
            Temperature = arguments.GetValue(_temperature) ?? defaults.Temperature,
            TopP = arguments.GetValue(_topP) ?? defaults.TopP,
            TopK = arguments.GetValue(_topK) ?? defaults.TopK,
            MinP = arguments.GetValue(_minP) ?? defaults.MinP,
            Seed = arguments.GetValue(_seed) ?? newSeed(),
        },
        arguments.GetValue(_maxTokens),
        defaults.MaxNewTokens);
}

/// <summary>How tokens are drawn and how many.</summary>
/// <param name="Options">How.</param>
/// <param name="MaxTokens">As many as were asked for; null when nothing was said.</param>
/// <param name="DefaultMaxTokens">As many as the checkpoint proposes.</param>
internal sealed record SamplingChoice(SamplingOptions Options, int? MaxTokens, int? DefaultMaxTokens)
{
    /// <summary>
    /// Tokens to generate after a prompt. What was asked for stands, and is refused by the engine when it does not fit; a default is cut to what fits.
    /// </summary>
    public int TokensAfter(int promptTokens, int contextLength) =>
        MaxTokens ?? Math.Max(1, Math.Min(DefaultMaxTokens ?? int.MaxValue, contextLength - promptTokens));
}
