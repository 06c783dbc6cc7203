using DaprMoE.Scheduling;

namespace DaprMoE.Simulation.Tests;

public sealed class DeviceCallsTests
{
    [Fact]
    public void Waves_BeginWithWhatIsWarm()
    {
        DeviceCalls calls = new();
        Add(calls, isWarm: [false, true, false, true, true]);

        calls.Cut(slots: 2);

        Assert.Equal([[1, 3], [0, 4], [2]], Waves(calls));
    }

    [Fact]
    public void Waves_OfAFurtherCall_BeginAnew()
    {
        DeviceCalls calls = new();
        Add(calls, isWarm: [true, true, true]);
        calls.Cut(slots: 1);
        calls.NextWave();
        calls.Clear();
        Assert.False(calls.HasMore);

        Add(calls, Enumerable.Repeat(true, 40).ToArray());
        calls.Cut(slots: 100);

        Assert.Equal(Enumerable.Range(0, 40), Assert.Single(Waves(calls)));
    }

    private static void Add(DeviceCalls calls, bool[] isWarm)
    {
        for (int expert = 0; expert < isWarm.Length; expert++)
        {
            calls.Add(new ReplicaId(new ExpertId(0, expert), 0), isWarm[expert]);
        }
    }

    private static List<int[]> Waves(DeviceCalls calls)
    {
        List<int[]> waves = [];
        while (calls.HasMore)
        {
            waves.Add([.. calls.NextWave().ToArray().Select(replica => replica.Expert.Expert)]);
        }

        return waves;
    }
}
