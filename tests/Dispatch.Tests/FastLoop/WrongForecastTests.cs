using CsCheck;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch.Tests;

/// <summary>Forecasts cost balance and never a row.</summary>
public sealed class WrongForecastTests
{
    /// <summary>Whatever a predictor says, and whatever becomes of replicas meanwhile, the rows are the same; the story checks them.</summary>
    [Theory]
    [InlineData("moeless")]
    [InlineData("static")]
    [InlineData("eplb")]
    [InlineData("auto")]
    public void Run_AnyForecast_HasTheSameBits(string policy) =>
        Gen.Select(
            Gen.Select(Load, Load, Load, Load).Array[6],
            Gen.Select(Gen.Int[0, 1], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 4]).Array[0, 30],
            Gen.Int[2, 6]).Sample(
            (forecasts, moves, slots) =>
            {
                using LoopStory story = new(policy, devices: 3, slots);
                int move = 0;
                foreach ((float a, float b, float c, float d) in forecasts)
                {
                    story.Predictor.Loads[0] = [d, c, b, a];
                    story.Predictor.Loads[1] = [a, b, c, d];
                    story.Run();
                    for (int left = moves.Length / forecasts.Length; left > 0; left--, move++)
                    {
                        (int layer, int expert, int index, int device, int to) = moves[move];
                        story.Move(layer, expert, index, device, ReplicaState.Absent, (ReplicaState)to);
                    }
                }
            }, iter: 100);

    private static Gen<float> Load => Gen.Frequency(
        (3, Gen.Float[0, 100]),
        (1, Gen.Const(float.NaN)),
        (1, Gen.Const(float.PositiveInfinity)),
        (1, Gen.Const(float.MaxValue)),
        (1, Gen.Const(-5f)));

    [Fact]
    public void Report_ForecastOfNonsense_IsSeenAsPoor()
    {
        using LoopStory story = new("moeless");
        story.Predictor.Loads[1] = [float.NaN, float.NegativeInfinity, float.NaN, float.NaN];
        story.Run();
        Assert.Equal(0, story.Decisions.Last[1].Accuracy);
        Assert.Equal("no-load", story.Decisions.Last[1].Reason);
    }
}
