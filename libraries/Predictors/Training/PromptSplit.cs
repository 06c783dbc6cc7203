namespace DaprMoE.Predictors;

/// <summary>Prompts divided into those to fit, those that say when to stop and what serves, and those to report on.</summary>
internal sealed class PromptSplit
{
    private const double TestShare = 0.3;
    private const double EarlyStopShare = 0.1;

    private PromptSplit(List<RecordedPrompt> train, List<RecordedPrompt> earlyStop, List<RecordedPrompt> test)
    {
        Train = train;
        EarlyStop = earlyStop;
        Test = test;
    }

    public IReadOnlyList<RecordedPrompt> Train { get; }

    public IReadOnlyList<RecordedPrompt> EarlyStop { get; }

    public IReadOnlyList<RecordedPrompt> Test { get; }

    /// <summary>
    /// Divides by prompt: 30 % to report on, a tenth of the others for early stop. A prompt that occurs twice counts once, or it would be
    /// fitted and reported on at the same time. With a topic left out, all its prompts are reported on and no other.
    /// </summary>
    /// <exception cref="PredictorException">Too few prompts, or none of the topic.</exception>
    public static PromptSplit Of(Recording recording, string? leftOut, int seed)
    {
        List<RecordedPrompt> prompts = Distinct(recording);
        new Random(seed).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(prompts));
        List<RecordedPrompt> test = leftOut is null
            ? prompts.GetRange(0, (int)Math.Round(prompts.Count * TestShare))
            : prompts.FindAll(prompt => prompt.Topic == leftOut);
        List<RecordedPrompt> others = leftOut is null
            ? prompts.GetRange(test.Count, prompts.Count - test.Count)
            : prompts.FindAll(prompt => prompt.Topic != leftOut);
        int earlyStop = (int)Math.Round(others.Count * EarlyStopShare);
        if (test.Count == 0 || earlyStop == 0)
        {
            throw new PredictorException(leftOut is null
                ? $"{prompts.Count} different prompts are too few to fit, stop early and report on; record 10 or more."
                : $"The recording has {test.Count} prompts of the topic '{leftOut}' and {others.Count} others; 1 and 10 are needed.");
        }

        return new PromptSplit(others.GetRange(earlyStop, others.Count - earlyStop), others.GetRange(0, earlyStop), test);
    }

    /// <summary>All rows of prompts, in order.</summary>
    public static int[] Rows(IEnumerable<RecordedPrompt> prompts) =>
        [.. prompts.SelectMany(prompt => Enumerable.Range(prompt.FirstRow, prompt.Tokens))];

    private static List<RecordedPrompt> Distinct(Recording recording)
    {
        HashSet<string> seen = [];
        return [.. recording.Prompts.Where(prompt => seen.Add(
            string.Join(' ', recording.Data.TokenIds.AsSpan(prompt.FirstRow, prompt.PromptTokens).ToArray())))];
    }
}
