namespace DaprMoE.Predictors.Tests;

public sealed class PromptRecorderTests
{
    private static readonly MoeShape Shape = new()
    {
        Fingerprint = "f",
        HiddenSize = 2,
        VocabularySize = 100,
        Layers = [new MoeLayerShape(0, 4, 1), new MoeLayerShape(2, 4, 2)],
    };

    [Fact]
    public void Take_AfterPrefillAndDecode_HasTheRowsOfEachSequenceInOrder()
    {
        using PromptRecorder recorder = new(Shape, new RecordingLimits { MaxRows = 8 });
        Iterate(recorder, new Run(Sequence: 5, Position: 0, Tokens: [10, 11], PromptTokens: 2), new Run(6, 0, [20], 1));
        Iterate(recorder, new Run(6, 1, [21], 0), new Run(5, 2, [12], 0));

        Recording recording = recorder.Take();

        Assert.Equal([new RecordedPrompt(5, "", 0, 3, 2), new RecordedPrompt(6, "", 3, 2, 1)], recording.Prompts);
        Assert.Equal([10, 11, 12, 20, 21], recording.Data.TokenIds);
        Assert.Equal([10f, 0, 11, 0, 12, 0, 20, 0, 21, 0], recording.Data.GateInputs[0].Select(BrainFloat.Widen));
        Assert.Equal([10f, 2, 11, 2, 12, 2, 20, 2, 21, 2], recording.Data.GateInputs[1].Select(BrainFloat.Widen));
        Assert.Equal([2, 3, 0, 0, 1], recording.Data.Choices[0].Select(choice => (int)choice));
        Assert.Equal([2, 3, 3, 0, 0, 1, 0, 1, 1, 2], recording.Data.Choices[1].Select(choice => (int)choice));
    }

    [Fact]
    public void Take_InsideAnIteration_HasWholeRowsOnly()
    {
        using PromptRecorder recorder = new(Shape, new RecordingLimits { MaxRows = 8 });
        Iterate(recorder, new Run(1, 0, [10, 11], 2));
        recorder.BeginIteration(1);
        recorder.AddRun(1, 0, 2, [12], 0);
        recorder.GateInputs(0, [1, 2]);

        Assert.Equal([10, 11], recorder.Take().Data.TokenIds);
    }

    [Fact]
    public void Iteration_ThatFailed_LeavesNothingBehind()
    {
        using PromptRecorder recorder = new(Shape, new RecordingLimits { MaxRows = 8 });
        Iterate(recorder, new Run(1, 0, [10], 1));
        recorder.BeginIteration(2);
        recorder.AddRun(1, 0, 1, [11], 0);
        recorder.AddRun(2, 1, 0, [50], 1);
        Iterate(recorder, new Run(1, 1, [12], 0));

        Assert.Equal([10, 12], recorder.Take().Data.TokenIds);
    }

    [Fact]
    public void Sequence_ThatIsComputedAgain_IsRecordedOnce()
    {
        using PromptRecorder recorder = new(Shape, new RecordingLimits { MaxRows = 8 });
        Iterate(recorder, new Run(1, 0, [10, 11], 2));
        Iterate(recorder, new Run(1, 2, [12], 0));
        Iterate(recorder, new Run(1, 0, [10, 11, 12, 13], 2));

        Assert.Equal([10, 11, 12, 13], recorder.Take().Data.TokenIds);
        Assert.Equal(2, recorder.Take().Prompts[0].PromptTokens);
    }

    [Fact]
    public void Prompts_MoreThanAreKept_LeaveTheNewestAndASampleOfTheOthers()
    {
        using PromptRecorder recorder = new(Shape, new RecordingLimits { MaxRows = 8, MaxPrompts = 8 }, seed: 1);
        for (int sequence = 0; sequence < 100; sequence++)
        {
            Iterate(recorder, new Run(sequence, 0, [sequence], 1));
        }

        int[] kept = [.. recorder.Take().Prompts.Select(prompt => prompt.Sequence)];

        Assert.Equal([96, 97, 98, 99], kept[^4..]);
        Assert.Equal(8, kept.Distinct().Count());
        Assert.All(kept[..4], sequence => Assert.InRange(sequence, 0, 95));
    }

    [Fact]
    public void Sample_OverManySeeds_IsEven()
    {
        int[] times = new int[20];
        for (int seed = 0; seed < 500; seed++)
        {
            using PromptRecorder recorder = new(Shape, new RecordingLimits { MaxRows = 8, MaxPrompts = 4 }, seed);
            for (int sequence = 0; sequence < 20; sequence++)
            {
                Iterate(recorder, new Run(sequence, 0, [sequence], 1));
            }

            foreach (RecordedPrompt prompt in recorder.Take().Prompts)
            {
                times[prompt.Sequence]++;
            }
        }

        // 500 times 2 of the first 18: 56 each on average, with a deviation of 7.
        Assert.All(times[..18], count => Assert.InRange(count, 28, 84));
        Assert.Equal([500, 500], times[18..]);
    }

    [Fact]
    public void Bytes_WhenTheyAreUsedUp_MakeTheOldestGo()
    {
        using PromptRecorder probe = new(Shape, new RecordingLimits { MaxRows = 8 });
        using PromptRecorder recorder = new(Shape, new RecordingLimits { MaxRows = 8, MaxBytes = 5 * probe.BytesPerToken });
        for (int sequence = 0; sequence < 4; sequence++)
        {
            Iterate(recorder, new Run(sequence, 0, [sequence, sequence], 2));
        }

        Recording recording = recorder.Take();
        Assert.Equal([2, 3], recording.Prompts.Select(prompt => prompt.Sequence));
        Assert.Equal(4, recording.Tokens);
    }

    [Fact]
    public void Prompt_LongerThanItsLimit_IsCut()
    {
        using PromptRecorder recorder = new(Shape, new RecordingLimits { MaxRows = 8, MaxTokensPerPrompt = 3 });
        Iterate(recorder, new Run(1, 0, [1, 2, 3, 4, 5], 5));
        Iterate(recorder, new Run(1, 5, [6], 0));

        Assert.Equal([1, 2, 3], recorder.Take().Data.TokenIds);
        Assert.Equal(3, recorder.DroppedTokens);
    }

    [Fact]
    public void Limits_BelowOneToken_AreRefused()
    {
        PredictorException refused = Assert.Throws<PredictorException>(() => new PromptRecorder(Shape, new RecordingLimits { MaxBytes = 5 }));
        Assert.Contains("at most 5 bytes holds no token", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Iteration_OnceWarm_AllocatesNothing()
    {
        using PromptRecorder recorder = new(Shape, new RecordingLimits { MaxRows = 8, MaxPrompts = 4, MaxTokensPerPrompt = 4 });
        int[] tokens = [1, 2];
        float[] inputs = [1, 2, 3, 4];
        int[] experts = [1, 2, 3, 0];
        void Step(int sequence)
        {
            recorder.BeginIteration(2);
            recorder.AddRun(sequence, 0, 0, tokens, 2);
            recorder.GateInputs(0, inputs);
            recorder.Choices(0, experts.AsSpan(0, 2));
            recorder.GateInputs(2, inputs);
            recorder.Choices(2, experts);
        }

        for (int i = 0; i < 50; i++)
        {
            Step(i);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 50; i < 150; i++)
        {
            Step(i);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Iterate(PromptRecorder recorder, params Run[] runs)
    {
        int[] tokens = [.. runs.SelectMany(run => run.Tokens)];
        recorder.BeginIteration(tokens.Length);
        int first = 0;
        foreach (Run run in runs)
        {
            recorder.AddRun(run.Sequence, first, run.Position, run.Tokens, run.PromptTokens);
            first += run.Tokens.Length;
        }

        foreach (int layer in new[] { 0, 2 })
        {
            recorder.GateInputs(layer, [.. tokens.SelectMany(token => new float[] { token, layer })]);
            recorder.Choices(layer, [.. tokens.SelectMany(token => layer == 0 ? new[] { token % 4 } : [token % 4, (token + 1) % 4])]);
        }
    }

    private sealed record Run(int Sequence, int Position, int[] Tokens, int PromptTokens);
}
