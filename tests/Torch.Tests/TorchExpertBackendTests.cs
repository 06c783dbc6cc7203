using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Torch.Tests;

public sealed class TorchExpertBackendTests : TorchTests
{
    // f32 sums of a hundred products of values about 1 large, in another order than the reference's.
    private const double F32Tolerance = 5e-6;

    // bf16 has 8 bits: each of a row's input, its gated product and its result is off by up to 1/256 of its size, at results of up to 5.
    private const double Bf16Tolerance = 3e-2;

    public static TheoryData<string, DType, double> Formats
    {
        get
        {
            TheoryData<string, DType, double> formats = [];
            foreach (string model in TestModels.Golden)
            {
                formats.Add(model, DType.F32, F32Tolerance);
                formats.Add(model, DType.BF16, Bf16Tolerance);
            }

            return formats;
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Forward_RowsOfTwoExperts_AreThoseOfTheReference(string model, DType compute, double tolerance)
    {
        using BackendFixture torch = new(TestModels.Folder(model), compute, slots: 2);
        torch.Load(expert: 3, slot: 0);
        torch.Load(expert: 6, slot: 1);
        float[] input = torch.Input(rows: 5);
        float[] rows = torch.Forward(input, new ReplicaGroup(3, 0, 0, 5), new ReplicaGroup(6, 0, 5, 5));
        Close.Assert(Reference(torch, 3).Forward(input), rows.AsSpan(0, input.Length), tolerance);
        Close.Assert(Reference(torch, 6).Forward(input), rows.AsSpan(input.Length), tolerance);
    }

    [Fact]
    public void Forward_RowsOfOtherDevices_AreLeftAlone()
    {
        using BackendFixture torch = new(TestModels.Folder("qwen3_moe"), DType.F32, slots: 1);
        torch.Load(expert: 0, slot: 0);
        float[] input = torch.Input(rows: 4);
        int hidden = input.Length / 4;
        float[] rows = torch.Forward(input, new ReplicaGroup(0, 0, 2, 1));
        Assert.All(rows[..(2 * hidden)], value => Assert.Equal(0, value));
        Close.Assert(Reference(torch, 0).Forward(input.AsSpan(2 * hidden, hidden)), rows.AsSpan(2 * hidden, hidden), F32Tolerance);
    }

    [Fact]
    public void Forward_MoreRowsThanOneTile_AreThoseOfTheReference()
    {
        using BackendFixture torch = new(TestModels.Folder("qwen3_moe"), DType.F32, slots: 1);
        torch.Load(expert: 1, slot: 0);
        float[] input = torch.Input(rows: 700);
        Close.Assert(Reference(torch, 1).Forward(input), torch.Forward(input, new ReplicaGroup(1, 0, 0, 700)), F32Tolerance);
    }

    [Fact]
    public void Forward_ReplicaNotLoaded_NamesIt()
    {
        using BackendFixture torch = new(TestModels.Folder("qwen3_moe"), DType.F32, slots: 1);
        torch.Load(expert: 1, slot: 0);
        float[] input = torch.Input(rows: 1);
        InvalidOperationException error =
            Assert.Throws<InvalidOperationException>(() => torch.Forward(input, new ReplicaGroup(2, 0, 0, 1)));
        Assert.Contains("L0.E2.R0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AnotherExpertIntoAUsedSlot_ReplacesItsWeights()
    {
        using BackendFixture torch = new(TestModels.Folder("qwen3_moe"), DType.F32, slots: 1);
        float[] input = torch.Input(rows: 3);
        for (int expert = 0; expert < 6; expert++)
        {
            torch.Load(expert, slot: 0);
            Close.Assert(Reference(torch, expert).Forward(input), torch.Forward(input, new ReplicaGroup(expert, 0, 0, 3)), F32Tolerance);
            torch.Free(expert);
        }
    }

    [Fact]
    public void Load_EndedByItsPace_IsNotLoadedAndTheSlotCanBeFilledAgain()
    {
        using BackendFixture torch = new(TestModels.Folder("qwen3_moe"), DType.F32, slots: 1);
        Assert.False(torch.Backend.Load(torch.Replica(2), new MemorySlot(0, 0), new LoadPace(pieces: 2)));
        Assert.Equal(0, torch.Backend.BytesHeld);
        torch.Load(expert: 2, slot: 0);
        float[] input = torch.Input(rows: 1);
        Close.Assert(Reference(torch, 2).Forward(input), torch.Forward(input, new ReplicaGroup(2, 0, 0, 1)), F32Tolerance);
    }

    [Theory]
    [InlineData(DType.F32, 442_368)]
    [InlineData(DType.BF16, 221_184)]
    public void BytesHeld_BundledModel_CountsTheFormatThatIsHeld(DType compute, long bytesOfOne)
    {
        using BackendFixture torch = new(TestModels.Folder(TestModels.Bundled), compute, slots: 2);
        Assert.Equal(bytesOfOne, torch.Backend.ExpertBytes(0));
        torch.Load(expert: 4, slot: 0);
        torch.Load(expert: 5, slot: 1);
        Assert.Equal(2 * bytesOfOne, torch.Backend.BytesHeld);
        torch.Free(4);
        torch.Free(4);
        Assert.Equal(bytesOfOne, torch.Backend.BytesHeld);
    }

    private static ReferenceExpert Reference(BackendFixture torch, int expert) => new(torch.Checkpoint.Expert(torch.Layer, expert));
}
