namespace DaprMoE.Predictors.Tests;

public sealed class GradientTests
{
    private const int Inputs = 24;
    private const int Rows = 20;

    [Theory]
    [InlineData(5, 0.0)]
    [InlineData(16, 0.3)]
    [InlineData(40, 0.0)]
    public unsafe void Linear_Gradients_AreThoseOfFiniteDifferences(int experts, double pull)
    {
        using LinearNetwork network = new(Inputs, experts, 8);
        network.Set(Numbers(experts * Inputs, 1, 0.2f), Numbers(experts, 2, 0.1f));
        Compare(network, experts, pull);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    public void TwoLayers_Gradients_AreThoseOfFiniteDifferences(int experts)
    {
        using TwoLayerNetwork network = new(Inputs, 64, experts, 8);
        network.Draw(new Random(3));
        Compare(network, experts, pull: 0);
    }

    private static unsafe void Compare(TrainableNetwork network, int experts, double pull)
    {
        using TrainingRows rows = new(BrainFloat.Round(Numbers(Rows * Inputs, 4, 1f)), Inputs);
        float[] targets = Targets(experts);
        using NetworkTrainer trainer = new(network, rows, targets, new TrainingOptions { Epochs = 1, Pull = pull });
        int[] batch = [3, 17, 0, 9, 9, 12, 5];
        float[] start = new ReadOnlySpan<float>(network.Parameters, network.Length).ToArray();

        // Away from the start, so that the pull has something to pull at.
        Shift(network, 0.05f);
        trainer.Gradient(batch);
        float[] gradients = new ReadOnlySpan<float>(network.Gradients, network.Length).ToArray();
        int compared = 0;
        for (int i = 0; i < network.Length; i += 7)
        {
            double expected = Difference(network, trainer, batch, i) + (pull * (network.Parameters[i] - start[i]));
            if (network.Parameters[i] != 0)
            {
                Assert.Equal(expected, gradients[i], 3e-4);
                compared += Math.Abs(expected) > 3e-3 ? 1 : 0;
            }
        }

        Assert.True(compared >= 3, $"only {compared} gradients differ from 0");
    }

    private static unsafe double Difference(TrainableNetwork network, NetworkTrainer trainer, int[] batch, int parameter)
    {
        const float Step = 1e-3f;
        float value = network.Parameters[parameter];
        network.Parameters[parameter] = value + Step;
        double above = trainer.Error(batch);
        network.Parameters[parameter] = value - Step;
        double below = trainer.Error(batch);
        network.Parameters[parameter] = value;
        return (above - below) / (2 * Step);
    }

    private static unsafe void Shift(TrainableNetwork network, float by)
    {
        for (int i = 0; i < network.Length; i++)
        {
            // Padding stays 0.
            network.Parameters[i] += network.Parameters[i] == 0 ? 0 : by;
        }
    }

    private static float[] Targets(int experts)
    {
        float[] targets = Numbers(Rows * experts, 5, 1f);
        for (int row = 0; row < Rows; row++)
        {
            float sum = 0;
            for (int expert = 0; expert < experts; expert++)
            {
                targets[(row * experts) + expert] = Math.Abs(targets[(row * experts) + expert]);
                sum += targets[(row * experts) + expert];
            }

            for (int expert = 0; expert < experts; expert++)
            {
                targets[(row * experts) + expert] /= sum;
            }
        }

        return targets;
    }

    private static float[] Numbers(int count, int seed, float size)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => size * ((random.NextSingle() * 2) - 1))];
    }
}
