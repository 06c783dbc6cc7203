using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Experts.Tests;

public sealed class CpuExpertBackendTests : IDisposable
{
    private readonly PackedModel _model = BundledModel.Open();
    private readonly WorkerPool _workers = new(2);
    private readonly CpuExpertBackend _backend;

    public CpuExpertBackendTests() => _backend = new CpuExpertBackend(_model, _workers, maxAssignments: 16, VectorWidths.Best);

    public void Dispose()
    {
        _backend.Dispose();
        _workers.Dispose();
        _model.Dispose();
    }

    [Fact]
    public void Load_Twice_HoldsTheBytesOnce()
    {
        _backend.Load(new ExpertId(2, 5));
        _backend.Load(new ExpertId(2, 5));
        _backend.Load(new ExpertId(2, 6));
        Assert.Equal(2 * BundledModel.ExpertBytes, _backend.BytesHeld);
    }

    [Fact]
    public void Free_LoadedAndNot_GivesBackWhatWasHeld()
    {
        _backend.Load(new ExpertId(0, 1));
        _backend.Free(new ExpertId(0, 2));
        Assert.Equal(BundledModel.ExpertBytes, _backend.BytesHeld);
        _backend.Free(new ExpertId(0, 1));
        Assert.Equal(0, _backend.BytesHeld);
    }

    [Fact]
    public void Forward_ExpertNotLoaded_NamesIt()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Forward(layer: 3, [new ReplicaGroup(7, 0, 0, 1)], [0]));
        Assert.Contains("L3.E7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forward_TwoExperts_ComputesDownOfSiluGateTimesUp()
    {
        _backend.Load(new ExpertId(1, 4));
        _backend.Load(new ExpertId(1, 9));
        float[] rows = Forward(layer: 1, [new ReplicaGroup(4, 0, 0, 2), new ReplicaGroup(9, 0, 2, 1)], [0, 2, 1]);
        using ReferenceExpert reference = new();
        AssertClose(reference.Forward(1, 4, InputRow(0)), rows.AsSpan(0, BundledModel.Hidden));
        AssertClose(reference.Forward(1, 4, InputRow(2)), rows.AsSpan(BundledModel.Hidden, BundledModel.Hidden));
        AssertClose(reference.Forward(1, 9, InputRow(1)), rows.AsSpan(2 * BundledModel.Hidden, BundledModel.Hidden));
    }

    [Fact]
    public void Forward_OneRowOrMany_GivesTheSameBits()
    {
        _backend.Load(new ExpertId(0, 0));
        float[] many = Forward(layer: 0, [new ReplicaGroup(0, 0, 0, 3)], [0, 1, 2]);
        for (int row = 0; row < 3; row++)
        {
            float[] one = Forward(layer: 0, [new ReplicaGroup(0, 0, 0, 1)], [row]);
            Assert.Equal(many[(row * BundledModel.Hidden)..((row + 1) * BundledModel.Hidden)], one);
        }
    }

    private static float[] InputRow(int row) =>
        [.. Enumerable.Range(0, BundledModel.Hidden).Select(i => (((i * 31) + (row * 17)) % 23 * 0.05f) - 0.5f)];

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5);
        }
    }

    private float[] Forward(int layer, ReplicaGroup[] groups, int[] rows)
    {
        float[] output = new float[rows.Length * BundledModel.Hidden];
        _backend.Forward(new ExpertWork
        {
            Layer = layer,
            Input = Enumerable.Range(0, 3).SelectMany(InputRow).ToArray(),
            Rows = rows,
            Groups = groups,
            Output = output,
        });
        return output;
    }
}
