namespace DaprMoE.Predictors;

/// <summary>A recording and the parts it is divided into.</summary>
internal sealed class RecordingParts
{
    public RecordingParts(Recording recording, PromptSplit split)
    {
        Recording = recording;
        Split = split;
        TrainRows = PromptSplit.Rows(split.Train);
        EarlyStop = new HeldOut(split.EarlyStop);
        Test = new HeldOut(split.Test);
        Train = new HeldOut(split.Train);
        HeldOutRows = [.. EarlyStop.Rows, .. Test.Rows];
    }

    public Recording Recording { get; }

    public PromptSplit Split { get; }

    public int[] TrainRows { get; }

    public HeldOut Train { get; }

    public HeldOut EarlyStop { get; }

    public HeldOut Test { get; }

    public int[] HeldOutRows { get; }
}
