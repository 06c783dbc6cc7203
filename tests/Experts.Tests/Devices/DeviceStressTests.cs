using CsCheck;

namespace DaprMoE.Experts.Tests;

/// <summary>Residency under concurrency: many threads, every request, loads that fail, on memory that knows what is in it.</summary>
public sealed class DeviceStressTests
{
    private const long Page = 4096;

    /// <summary>Experts per layer with their pages, and slots of the largest size.</summary>
    private static readonly Gen<((int Experts, int Pages)[] Layers, int Slots, int Seed)> Devices = Gen.Select(
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 3]).Array[1, 4], Gen.Int[1, 10], Gen.Int[0, 1_000_000]);

    [Fact]
    public void Device_ManyThreads_KeepsEveryRule() =>
        Devices.Sample((layers, slots, seed) => Stress(layers, slots, seed, failures: 0.02, steps: 60), iter: 40, threads: 1);

    [Fact]
    public void Device_ManyThreadsForLong_KeepsEveryRule() =>
        Stress([(16, 1), (16, 1), (16, 2)], slots: 9, seed: 7, failures: 0, steps: 1_000);

    private static void Stress((int Experts, int Pages)[] layers, int slots, int seed, double failures, int steps)
    {
        long budget = slots * layers.Max(layer => layer.Pages) * Page;
        long[] sizes = [.. layers.Select(layer => layer.Pages * Page)];
        int[] experts = [.. layers.Select(layer => layer.Experts)];
        ObservingBackend backend = new(sizes, budget, failures, seed);
        TransitionReferee referee = new(budget);
        DeviceSettings settings = new()
        {
            Name = "stress-0",
            Number = 0,
            ExpertsPerLayer = experts,
            BudgetBytes = budget,
            KeepAlive = TimeSpan.FromMilliseconds(seed % 7),
            PreWarmBytesPerSecond = 1 << 27,
        };
        using (ArenaDevice device = new(settings, backend, TimeProvider.System, referee))
        {
            DeviceStress stress = new(device, experts, seed);
            stress.Run(threads: 4, steps, TestContext.Current.CancellationToken);
            Assert.Empty(stress.Faults);
            Assert.True(stress.Outcomes.GetValueOrDefault(ExpertOutcomeKind.Done) > 0);
            Settle(device, backend);
        }

        Assert.Empty(backend.Faults);
        Assert.Empty(referee.Faults);
    }

    /// <summary>With no call open and no pin, all memory comes back.</summary>
    private static void Settle(ArenaDevice device, ObservingBackend backend)
    {
        Assert.True(SpinWait.SpinUntil(IsEmpty, TimeSpan.FromSeconds(20)), $"{device.Memory}, {backend.PagedBytes} bytes have pages");
        Assert.Equal(0, backend.BytesHeld);

        bool IsEmpty()
        {
            device.ScaleToZero();
            return device.Memory is { ResidentBytes: 0, ReservedBytes: 0 } && backend.PagedBytes == 0;
        }
    }
}
