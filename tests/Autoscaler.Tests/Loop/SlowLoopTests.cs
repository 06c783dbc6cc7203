using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Autoscaler.Tests;

/// <summary>What the slow loop does over minutes of traffic.</summary>
public sealed class SlowLoopTests
{
    private const int Round = PolicyDefaults.WindowsPerPlan;

    /// <summary>
    /// Iterations of a steady load differ by chance. Once the plan has settled, chance moves nothing: 15 rounds to settle, a minute
    /// without a change.
    /// </summary>
    [Theory]
    [InlineData("static", 1)]
    [InlineData("eplb", 1)]
    [InlineData("moeless", 1)]
    [InlineData("auto", 1)]
    [InlineData("auto", 2)]
    [InlineData("auto", 4)]
    public async Task SteadyLoad_AfterConvergence_MovesNothing(string policy, int seed)
    {
        using AutoscalerStory story = new(policy);
        Traffic traffic = new(seed);
        await story.RunAsync(traffic, 15 * Round);
        Assert.Empty(await story.RunAsync(traffic, 12 * Round));
    }

    [Theory]
    [InlineData("auto", 1)]
    [InlineData("auto", 2)]
    [InlineData("moeless", 1)]
    [InlineData("moeless", 2)]
    public async Task Step_OtherExpertsBecomeHot_IsFollowedWithinThreeRounds(string policy, int seed)
    {
        using AutoscalerStory story = new(policy);
        Traffic traffic = new(seed);
        await story.RunAsync(traffic, 6 * Round);
        PlanDocument before = (await story.PlanAsync())!;
        traffic.Hot = 9;
        List<long> changes = await story.RunAsync(traffic, 3 * Round);
        PlanDocument after = (await story.PlanAsync())!;
        LoadWindow window = traffic.Next(story.Clock.GetUtcNow());
        Assert.NotEmpty(changes);
        double old = PlanLoads.Imbalance(before, window);
        double now = PlanLoads.Imbalance(after, window);
        Assert.True(now < 1 + ((old - 1) / 2), $"busiest device against mean: {old:0.00} with the plan before, {now:0.00} after");
    }
}
