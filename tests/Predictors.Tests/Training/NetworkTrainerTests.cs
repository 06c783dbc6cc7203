namespace DaprMoE.Predictors.Tests;

public sealed class NetworkTrainerTests
{
    private const int Inputs = 16;
    private const int Experts = 8;

    [Fact]
    public void Train_SameSeedTwice_GivesTheSameWeights() => Assert.Equal(Fit(seed: 1).Layers[0].Weights, Fit(seed: 1).Layers[0].Weights);

    [Fact]
    public void Train_OtherSeed_GivesOtherWeights() => Assert.NotEqual(Fit(seed: 1).Layers[0].Weights, Fit(seed: 2).Layers[0].Weights);

    [Fact]
    public void Train_OnAGateThatIsLinear_FindsIt()
    {
        using TrainingRows rows = Rows();
        float[] targets = Targets(rows);
        using LinearNetwork network = new(Inputs, Experts, 64);
        using NetworkTrainer trainer = new(network, rows, targets, new TrainingOptions { Epochs = 30, Minibatch = 64, Rate = 0.05 });
        int[] train = [.. Enumerable.Range(0, 900)];
        int[] earlyStop = [.. Enumerable.Range(900, 100)];
        double before = trainer.Error(earlyStop);

        double after = trainer.Train(train, earlyStop, TestContext.Current.CancellationToken);

        Assert.Equal(Math.Log(Experts), before, 1e-5);
        Assert.True(after < 0.35 * before, $"{before} to {after}");
        Assert.Equal(after, trainer.Error(earlyStop), 1e-6);
    }

    [Fact]
    public void Train_WhenNothingGetsBetter_StopsAndKeepsTheStart()
    {
        using TrainingRows rows = Rows();
        float[] targets = Targets(rows);
        using LinearNetwork network = new(Inputs, Experts, 64);

        // The early-stop rows want the opposite of the others: each step makes them worse.
        for (int row = 900; row < 1000; row++)
        {
            targets.AsSpan(row * Experts, Experts).Reverse();
        }

        using NetworkTrainer trainer = new(network, rows, targets, new TrainingOptions { Epochs = 500, Minibatch = 64, Rate = 0.5, Patience = 1 });
        double before = trainer.Error([.. Enumerable.Range(900, 100)]);
        double after = trainer.Train([.. Enumerable.Range(0, 900)], [.. Enumerable.Range(900, 100)], TestContext.Current.CancellationToken);

        Assert.Equal(before, after, 1e-9);
        Assert.All(network.ToWeights().Layers[0].Weights, weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void Train_Cancelled_Ends()
    {
        using TrainingRows rows = Rows();
        using LinearNetwork network = new(Inputs, Experts, 64);
        using NetworkTrainer trainer = new(network, rows, Targets(rows), new TrainingOptions { Epochs = 3, Minibatch = 64 });
        Assert.Throws<OperationCanceledException>(() => trainer.Train([1, 2, 3], [4], new CancellationToken(canceled: true)));
    }

    private static NetworkWeights Fit(int seed)
    {
        using TrainingRows rows = Rows();
        using TwoLayerNetwork network = new(Inputs, 32, Experts, 64);
        network.Draw(new Random(seed));
        using NetworkTrainer trainer = new(network, rows, Targets(rows), new TrainingOptions { Epochs = 2, Minibatch = 64, Seed = seed });
        trainer.Train([.. Enumerable.Range(0, 900)], [.. Enumerable.Range(900, 100)], TestContext.Current.CancellationToken);
        return network.ToWeights();
    }

    private static TrainingRows Rows()
    {
        Random random = new(5);
        return new TrainingRows(BrainFloat.Round([.. Enumerable.Range(0, 1000 * Inputs).Select(_ => (random.NextSingle() * 2) - 1)]), Inputs);
    }

    /// <summary>All of a row goes to the expert that a fixed matrix gives most.</summary>
    private static unsafe float[] Targets(TrainingRows rows)
    {
        Random random = new(6);
        float[] matrix = [.. Enumerable.Range(0, Experts * Inputs).Select(_ => (random.NextSingle() * 2) - 1)];
        float[] targets = new float[rows.Count * Experts];
        for (int row = 0; row < rows.Count; row++)
        {
            float[] sums = [.. Enumerable.Range(0, Experts)
                .Select(expert => Enumerable.Range(0, Inputs).Sum(i => matrix[(expert * Inputs) + i] * rows.Pointer[(row * Inputs) + i]))];
            targets[(row * Experts) + Array.IndexOf(sums, sums.Max())] = 1;
        }

        return targets;
    }
}
