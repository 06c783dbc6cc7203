using DaprMoE.Scheduling;
using DaprMoE.Tensors;
using static TorchSharp.torch;

namespace DaprMoE.Torch.Tests;

/// <summary>Native memory of a tensor that is left to a finalizer is invisible to the collector: none may be.</summary>
public sealed class TensorLifetimeTests : TorchTests
{
    [Theory]
    [InlineData(DType.F32, 3)]
    [InlineData(DType.BF16, 3)]
    [InlineData(DType.BF16, null)]
    public void Dispose_AfterLoadsAndForwards_LeavesNoTensor(DType compute, int? slots)
    {
        long before = Tensor.TotalCount;
        using (BackendFixture torch = new(TestModels.Folder("qwen3_moe"), compute, slots))
        {
            torch.Load(expert: 0, slot: 0);
            torch.Load(expert: 1, slot: 1);
            torch.Forward(torch.Input(rows: 300), new ReplicaGroup(0, 0, 0, 300), new ReplicaGroup(1, 0, 300, 2));
            Assert.True(Tensor.TotalCount > before);
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData(DType.F32)]
    [InlineData(DType.BF16)]
    public void Forward_Repeated_LeavesNoTensorBehind(DType compute)
    {
        using BackendFixture torch = new(TestModels.Folder("qwen3_moe"), compute, slots: 1);
        torch.Load(expert: 0, slot: 0);
        float[] input = torch.Input(rows: 70);
        long before = Tensor.TotalCount;
        for (int i = 0; i < 20; i++)
        {
            torch.Forward(input, new ReplicaGroup(0, 0, 0, 70));
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Load_FreedSlotFilledAgain_AllocatesNothingNew()
    {
        using BackendFixture torch = new(TestModels.Folder("qwen3_moe"), DType.F32, slots: 2);
        torch.Load(expert: 0, slot: 0);
        long before = Tensor.TotalCount;
        for (int expert = 1; expert < 8; expert++)
        {
            torch.Free(expert - 1);
            torch.Load(expert, slot: 0);
            Assert.Equal(before, Tensor.TotalCount);
        }
    }

    [Fact]
    public void Return_FreedSlot_GivesUpItsTensor()
    {
        using BackendFixture torch = new(TestModels.Folder("qwen3_moe"), DType.F32, slots: 2);
        long before = Tensor.TotalCount;
        torch.Load(expert: 0, slot: 1);
        torch.Free(0);
        Assert.Equal(before + 1, Tensor.TotalCount);
        torch.Backend.Return(new MemorySlot(0, 1));
        Assert.Equal(before, Tensor.TotalCount);
    }
}
