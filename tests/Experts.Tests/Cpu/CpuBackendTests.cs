using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Experts.Tests;

public sealed class CpuBackendTests : IDisposable
{
    private readonly PackedModel _model = BundledModel.Open();
    private readonly WorkerPool _workers = new(2);
    private readonly CpuBackendFactory _factory;

    public CpuBackendTests() => _factory = new CpuBackendFactory(_model, _workers, maxAssignments: 16, VectorWidths.Best);

    public static TheoryData<bool> Kinds => [false, true];

    public void Dispose()
    {
        _factory.Dispose();
        _workers.Dispose();
        _model.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void BytesHeld_LoadsAndFrees_AreThoseOfWhatIsLoaded(bool mapped)
    {
        using IExpertBackend backend = Create(mapped);
        Load(backend, Replica(2, 5), 0);
        Load(backend, Replica(2, 6), 1);
        Assert.Equal(2 * BundledModel.ExpertBytes, backend.BytesHeld);
        backend.Free(Replica(2, 5));
        Assert.Equal(BundledModel.ExpertBytes, backend.BytesHeld);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Forward_ReplicaNotLoaded_NamesIt(bool mapped)
    {
        using IExpertBackend backend = Create(mapped);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => backend.Forward(Rows.OneEach(3, 7).Work));
        Assert.Contains("L3.E7.R0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Forward_TwoExperts_ComputesDownOfSiluGateTimesUp(bool mapped)
    {
        using IExpertBackend backend = Create(mapped);
        Load(backend, Replica(1, 4), 0);
        Load(backend, Replica(1, 9), 1);
        Rows rows = new(layer: 1, [new ReplicaGroup(4, 0, 0, 2), new ReplicaGroup(9, 0, 2, 1)], [0, 2, 1]);
        backend.Forward(rows.Work);
        using ReferenceExpert reference = new();
        AssertClose(reference.Forward(1, 4, Rows.Input(0)), rows.Output.AsSpan(0, BundledModel.Hidden));
        AssertClose(reference.Forward(1, 4, Rows.Input(2)), rows.Output.AsSpan(BundledModel.Hidden, BundledModel.Hidden));
        AssertClose(reference.Forward(1, 9, Rows.Input(1)), rows.Output.AsSpan(2 * BundledModel.Hidden, BundledModel.Hidden));
    }

    [Fact]
    public void Forward_OneRowOrManyMapOrSlotAnyCopy_GivesTheSameBits()
    {
        using IExpertBackend mapped = Create(mapped: true);
        using IExpertBackend arena = Create(mapped: false);
        Load(mapped, Replica(0, 0), 0);
        Load(arena, Replica(0, 0, copy: 3), 2);
        Rows many = new(layer: 0, [new ReplicaGroup(0, 0, 0, 3)], [0, 1, 2]);
        mapped.Forward(many.Work);
        for (int row = 0; row < 3; row++)
        {
            Rows one = new(layer: 0, [new ReplicaGroup(0, 3, 0, 1)], [row]);
            arena.Forward(one.Work);
            Assert.Equal(many.Output[(row * BundledModel.Hidden)..((row + 1) * BundledModel.Hidden)], one.Output);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public unsafe void Load_ThroughOrPastTheFileCache_ReadsTheRange(bool past)
    {
        using CpuBackendFactory factory = new(_model, _workers, maxAssignments: 16, VectorWidths.Best) { ReadPastFileCache = past };
        using CpuArenaBackend backend = (CpuArenaBackend)factory.Create(2 * BundledModel.ExpertBytes);
        Load(backend, Replica(3, 11), 1);
        ReadOnlySpan<byte> expected = new((void*)_model.MappedExpert(3, 11), (int)BundledModel.ExpertBytes);
        Assert.True(expected.SequenceEqual(new ReadOnlySpan<byte>(backend.Memory.Take(new MemorySlot(0, 1)), expected.Length)));
    }

    [Fact]
    public void Load_StoppedByItsPace_LoadsNothing()
    {
        using IExpertBackend backend = Create(mapped: false);
        Assert.False(backend.Load(Replica(0, 0), new MemorySlot(0, 0), new StopsAfter(pieces: 2)));
        Assert.Equal(0, backend.BytesHeld);
        Load(backend, Replica(0, 0), 0);
        Assert.Equal(BundledModel.ExpertBytes, backend.BytesHeld);
    }

    private static ReplicaId Replica(int layer, int expert, int copy = 0) => new(new ExpertId(layer, expert), copy);

    private static void Load(IExpertBackend backend, ReplicaId replica, int slot) =>
        Assert.True(backend.Load(replica, new MemorySlot(0, slot), new FullSpeed()));

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5);
        }
    }

    private IExpertBackend Create(bool mapped) => _factory.Create(mapped ? null : 4 * BundledModel.ExpertBytes);

    private sealed class StopsAfter(int pieces) : ILoadPace
    {
        private int _left = pieces;

        public int PieceBytes => 64 << 10;

        public bool MayRead(long bytes) => --_left >= 0;
    }
}
