using System.Runtime.InteropServices;

namespace DaprMoE.Predictors;

/// <summary>Prompts divided into those to fit, those that say when to stop and what serves, and those to report on.</summary>
internal sealed class PromptSplit
{
    private const double TestShare = 0.3;
    private const double EarlyStopShare = 0.1;

    private PromptSplit(
        List<RecordedPrompt> train, List<RecordedPrompt> earlyStop, List<RecordedPrompt> test, IReadOnlyList<RecordedPrompt> newest)
    {
        Train = train;
        EarlyStop = earlyStop;
        Test = test;
        Newest = newest;
    }

    public IReadOnlyList<RecordedPrompt> Train { get; }

    /// <summary>Those of <see cref="Train"/> that count several times.</summary>
    public IReadOnlyList<RecordedPrompt> Newest { get; }

    public IReadOnlyList<RecordedPrompt> EarlyStop { get; }

    public IReadOnlyList<RecordedPrompt> Test { get; }

    /// <summary>
    /// Divides by prompt: 30 % to report on, a tenth of the others for early stop. A prompt that occurs twice counts once, or it would be
    /// fitted and reported on at the same time. With a topic left out, its prompts are reported on, and no other.
    /// </summary>
    /// <exception cref="PredictorException">Too few prompts, or none of the topic.</exception>
    public static PromptSplit Of(Recording recording, PredictorTrainingOptions options)
    {
        List<RecordedPrompt> prompts = Distinct(recording);
        new Random(options.Seed).Shuffle(CollectionsMarshal.AsSpan(prompts));
        return options.LeaveOut is { } topic
            ? WithoutTopic(prompts, topic, options.NewestPrompts)
            : ByShare(prompts, [.. recording.Prompts.TakeLast(options.NewestPrompts)]);
    }

    private static PromptSplit ByShare(List<RecordedPrompt> prompts, HashSet<RecordedPrompt> newest)
    {
        int test = (int)Math.Round(prompts.Count * TestShare);
        int earlyStop = (int)Math.Round((prompts.Count - test) * EarlyStopShare);
        if (test == 0 || earlyStop == 0)
        {
            throw new PredictorException(
                $"{prompts.Count} different prompts are too few to fit, stop early and report on; record 10 or more.");
        }

        List<RecordedPrompt> train = prompts.GetRange(test + earlyStop, prompts.Count - test - earlyStop);
        return new PromptSplit(train, prompts.GetRange(test, earlyStop), prompts.GetRange(0, test), [.. train.Where(newest.Contains)]);
    }

    private static PromptSplit WithoutTopic(List<RecordedPrompt> prompts, string topic, int learned)
    {
        List<RecordedPrompt> test = prompts.FindAll(prompt => prompt.Topic == topic);
        List<RecordedPrompt> others = prompts.FindAll(prompt => prompt.Topic != topic);
        int earlyStop = (int)Math.Round(others.Count * EarlyStopShare);
        if (test.Count <= learned || earlyStop == 0)
        {
            throw new PredictorException(
                $"The recording has {test.Count} prompts of the topic '{topic}' and {others.Count} others; "
                + $"{learned + 1} and 10 are needed.");
        }

        List<RecordedPrompt> newest = test.GetRange(0, learned);
        return new PromptSplit(
            [.. others.GetRange(earlyStop, others.Count - earlyStop), .. newest], others.GetRange(0, earlyStop),
            test.GetRange(learned, test.Count - learned), newest);
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
