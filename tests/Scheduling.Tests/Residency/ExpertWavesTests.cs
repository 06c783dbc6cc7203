using CsCheck;

namespace DaprMoE.Scheduling.Tests;

public sealed class ExpertWavesTests
{
    [Fact]
    public void Split_MoreThanSlots_WarmFirstThenInOrder()
    {
        int[] waves = new int[5];
        Assert.Equal(3, ExpertWaves.Split([false, true, false, true, false], slots: 2, waves));
        Assert.Equal([1, 0, 1, 0, 2], waves);
        Assert.Equal(0, ExpertWaves.Split([], slots: 2, []));
    }

    [Fact]
    public void Split_Invalid_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ExpertWaves.Split([true], slots: 0, new int[1]));
        Assert.Throws<ArgumentException>(() => ExpertWaves.Split([true], slots: 1, new int[2]));
    }

    [Fact]
    public void Split_Random_IsFewestFullWavesWithWarmOnesFirst()
    {
        Gen.Select(Gen.Bool.Array[0, 40], Gen.Int[1, 10]).Sample((warm, slots) =>
        {
            int[] waves = new int[warm.Length];
            int count = ExpertWaves.Split(warm, slots, waves);
            Assert.Equal((warm.Length + slots - 1) / slots, count);
            Assert.All(Enumerable.Range(0, count), wave => Assert.InRange(waves.Count(w => w == wave), 1, slots));
            int lastWarm = waves.Where((_, index) => warm[index]).DefaultIfEmpty(0).Max();
            int firstCold = waves.Where((_, index) => !warm[index]).DefaultIfEmpty(int.MaxValue).Min();
            Assert.True(lastWarm <= firstCold);
        });
    }

    [Fact]
    public void Waves_OnADevice_ReachEveryExpertWithOneLoadPerColdOne()
    {
        ResidencyStory story = new(slots: 2);
        ReplicaId[] needed = [.. Enumerable.Range(0, 4).Select(expert => ResidencyStory.Replica(0, expert))];
        story.Warm(needed[2], needed[3]);
        bool[] warm = [.. needed.Select(replica => story.State.StateOf(replica) == ReplicaState.Warm)];
        int[] waves = new int[needed.Length];
        int count = ExpertWaves.Split(warm, story.State.SlotsFor(0), waves);
        int loads = 0;
        for (int wave = 0; wave < count; wave++)
        {
            ReplicaId[] now = [.. needed.Where((_, index) => waves[index] == wave)];
            string told = story.Want(wave, 500, now);
            foreach (ReplicaId replica in now.Where(replica => story.State.StateOf(replica) == ReplicaState.Loading))
            {
                loads++;
                told += story.Loaded(replica);
            }

            Assert.Contains($"admit {wave}", told, StringComparison.Ordinal);
            story.Tell(ResidencyEvent.Release(wave));
        }

        Assert.Equal(2, loads);
    }
}
