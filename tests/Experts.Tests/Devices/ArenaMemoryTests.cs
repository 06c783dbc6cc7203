using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Experts.Tests;

/// <summary>The pages that a device's slots have, as the kernel counts them, are what the device says.</summary>
public sealed class ArenaMemoryTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"daprmoe-experts-{Guid.NewGuid():n}");
    private readonly WorkerPool _workers = new(1);

    public void Dispose()
    {
        _workers.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void Rss_SmallExperts_FollowsResidentBytes()
    {
        using PackedModel model = BundledModel.Open();
        Follow(model, slots: 12);
    }

    /// <summary>Experts of 2.5 MiB, in huge pages and a rest of small ones.</summary>
    [Fact]
    public void Rss_ExpertsLargerThanHugePages_FollowsResidentBytes()
    {
        RandomCheckpoint.Write(_folder, new RandomCheckpointOptions
        {
            Hidden = 512,
            Layers = 2,
            Experts = 16,
            TopK = 2,
            Ffn = 864,
            Heads = 4,
            KvHeads = 2,
            HeadDim = 16,
            Vocab = 128,
            MaxPositions = 64,
            DType = DType.BF16,
        }, cancellationToken: TestContext.Current.CancellationToken);
        using PackedModel model = PackedModel.Open(_folder, cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEqual(0, model.ExpertBytes(0) % HugePages.Size);
        Follow(model, slots: 9);
    }

    private void Follow(PackedModel model, int slots)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux counts pages in /proc/self/smaps.");
        long bytes = model.ExpertBytes(0);
        using CpuBackendFactory backends = new(model, _workers, maxAssignments: 16, VectorWidths.Best);
        CpuArenaBackend backend = (CpuArenaBackend)backends.Create(slots * bytes);
        using ArenaDevice device = new(Settings(model, slots * bytes), backend, TimeProvider.System, listener: null);
        Assert.Equal(0, ResidentPages.Of(backend.Memory.Ranges));
        for (int round = 0; round < 4; round++)
        {
            for (int layer = 0; layer < 2; layer++)
            {
                Touch(device, layer, experts: 2 + (round * 4));
                AssertFollows(device, backend);
            }

            device.Drain(new ReplicaId(new ExpertId(1, 0), 0));
            AssertFollows(device, backend);
        }

        Assert.Equal(slots * bytes, device.Memory.ReservedBytes);
        device.ScaleToZero();
        Assert.True(SpinWait.SpinUntil(() => ResidentPages.Of(backend.Memory.Ranges) == 0, TimeSpan.FromSeconds(20)));
        Touch(device, layer: 0, experts: 3);
        AssertFollows(device, backend);
        Assert.Equal(3 * bytes, device.Memory.ResidentBytes);
    }

    private static DeviceSettings Settings(PackedModel model, long budget) => new()
    {
        Name = "pages-0",
        Number = 0,
        ExpertsPerLayer = [.. model.Description.Layers.Select(layer => ((MoeFeedForward)layer).Experts)],
        BudgetBytes = budget,
    };

    private static void Touch(ArenaDevice device, int layer, int experts)
    {
        ReplicaGroup[] groups = [.. Enumerable.Range(0, experts).Select(expert => new ReplicaGroup(expert, 0, expert, 1))];
        int hidden = 512;
        device.Start(1, layer, groups, TimeSpan.FromSeconds(20));
        ExpertOutcome outcome = device.Forward(1, new ExpertWork
        {
            Layer = layer,
            Input = new float[hidden],
            Rows = new int[experts],
            Groups = groups,
            Output = new float[experts * hidden],
        });
        Assert.Equal(ExpertOutcomeKind.Done, outcome.Kind);
    }

    private static void AssertFollows(ArenaDevice device, CpuArenaBackend backend)
    {
        DeviceMemory memory = device.Memory;
        long rss = ResidentPages.Of(backend.Memory.Ranges);
        Assert.InRange(memory.ReservedBytes - memory.ResidentBytes, 0, backend.ExpertBytes(0));
        Assert.InRange(rss, memory.ReservedBytes * 0.95, memory.ReservedBytes * 1.05);
    }
}
