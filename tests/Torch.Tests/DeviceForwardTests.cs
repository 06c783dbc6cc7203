using DaprMoE.Experts;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;
using TorchSharp;

namespace DaprMoE.Torch.Tests;

/// <summary>The forward of GPUs, on the processor: what it computes does not depend on where.</summary>
public sealed class DeviceForwardTests : TorchTests
{
    private const int Hidden = 24;
    private const int Ffn = 40;

    [Theory]
    [InlineData(DType.F32, 1e-5)]
    [InlineData(DType.BF16, 0)]
    public void Run_ScatteredGroups_GivesTheRowsOfTheHostForward(DType type, double tolerance)
    {
        long before = torch.Tensor.TotalCount;
        using WorkerPool workers = new(2);
        using HostForward host = new(workers, type, Hidden, Ffn);
        using DeviceForward device = new(torch.CPU, type, Hidden, Ffn, maxAssignments: 32);
        LoadedExpert[] experts = [Expert(type, seed: 1), Expert(type, seed: 2)];
        ReplicaGroup[] groups = [new(4, 0, First: 2, Count: 6), new(9, 0, First: 12, Count: 5)];
        Close.Assert(Rows(host, groups, experts), Rows(device, groups, experts), tolerance);
        Array.ForEach(experts, expert => expert.Dispose());
        host.Dispose();
        device.Dispose();
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    private static float[] Rows(IGroupedForward forward, ReplicaGroup[] groups, LoadedExpert[] experts)
    {
        float[] output = new float[20 * Hidden];
        ExpertWork work = new()
        {
            Layer = 0,
            Input = Enumerable.Range(0, 7 * Hidden).Select(i => 0.1f * (float)Math.Cos(i)).ToArray(),
            Rows = Enumerable.Range(0, 20).Select(i => i * 5 % 7).ToArray(),
            Groups = groups,
            Output = output,
        };
        forward.Run(in work, experts);
        return output;
    }

    private static LoadedExpert Expert(DType type, long seed)
    {
        torch.random.manual_seed(seed);
        return new LoadedExpert
        {
            Shape = new ExpertShape(Hidden, Ffn),
            Gate = torch.randn(Hidden, Ffn, dtype: type.ToTorch()),
            Up = torch.randn(Hidden, Ffn, dtype: type.ToTorch()),
            Down = torch.randn(Ffn, Hidden, dtype: type.ToTorch()),
        };
    }
}
