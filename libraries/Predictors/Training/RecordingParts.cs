namespace DaprMoE.Predictors;

/// <summary>A recording and the parts it is divided into.</summary>
internal sealed class RecordingParts
{
    /// <param name="recording">The recording.</param>
    /// <param name="split">How it is divided.</param>
    /// <param name="newestWeight">How often the rows of the newest prompts count.</param>
    public RecordingParts(Recording recording, PromptSplit split, int newestWeight)
    {
        Recording = recording;
        Split = split;
        int[] newest = PromptSplit.Rows(split.Newest);
        IEnumerable<int[]> again = Enumerable.Repeat(newest, Math.Max(0, newestWeight - 1));
        TrainRows = [.. PromptSplit.Rows(split.Train), .. again.SelectMany(rows => rows)];
        EarlyStop = new HeldOut(split.EarlyStop);
        Test = new HeldOut(split.Test);
        Train = new HeldOut(split.Train);
        HeldOutRows = [.. EarlyStop.Rows, .. Test.Rows];
    }

    public Recording Recording { get; }

    public PromptSplit Split { get; }

    /// <summary>Rows to fit; those that count several times stand there so often.</summary>
    public int[] TrainRows { get; }

    public HeldOut Train { get; }

    public HeldOut EarlyStop { get; }

    public HeldOut Test { get; }

    public int[] HeldOutRows { get; }
}
