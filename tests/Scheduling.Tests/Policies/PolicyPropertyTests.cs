using CsCheck;

namespace DaprMoE.Scheduling.Tests;

/// <summary>What holds of every policy, over random loads that change from decision to decision.</summary>
public sealed class PolicyPropertyTests
{
    private const int Experts = 8;
    private const int Devices = 4;
    private const int Decisions = 4;

    private static readonly Gen<(double[][] Loads, int[] Slots)> Traffic =
        Gen.Select(Gen.Int[0, 500].Select(tokens => (double)tokens).Array[Experts].Array[Decisions], Gen.Int[2, 6].Array[Devices]);

    public static TheoryData<string> Names => [.. PolicyRegistry.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Decide_AnyLoads_KeepsToTheSlotsAndPlacesEveryExpert(string name) => Traffic.Sample(
        traffic =>
        {
            PolicyBench bench = new(name, Experts, Devices) { Slots = traffic.Slots };
            for (int step = 0; step < Decisions; step++)
            {
                Step(bench, traffic.Loads[step], step);
                for (int device = 0; device < Devices; device++)
                {
                    Assert.InRange(bench.Plan.CountOn(device), 0, traffic.Slots[device]);
                }

                Assert.All(Enumerable.Range(0, Experts), expert => Assert.NotEqual(0, bench.Plan.CountOf(expert)));
            }
        },
        iter: 200);

    [Theory]
    [MemberData(nameof(Names))]
    public void Decide_SameInputs_GiveTheSamePlans(string name) => Traffic.Sample(
        traffic =>
        {
            PolicyBench once = new(name, Experts, Devices) { Slots = traffic.Slots };
            PolicyBench again = new(name, Experts, Devices) { Slots = traffic.Slots };
            for (int step = 0; step < Decisions; step++)
            {
                Assert.Equal(Step(once, traffic.Loads[step], step), Step(again, traffic.Loads[step], step));
                Assert.Equal(once.Plan.Replicas.ToArray(), again.Plan.Replicas.ToArray());
            }
        },
        iter: 100);

    /// <summary>A minute passes, the loads are seen and forecast, the policy decides.</summary>
    private static PlanReason Step(PolicyBench bench, double[] loads, int step)
    {
        bench.Forecast = loads;
        bench.History.Add(loads, 1);
        return bench.Decide(seconds: step * 60);
    }
}
