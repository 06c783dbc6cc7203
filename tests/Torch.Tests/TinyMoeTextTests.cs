using DaprMoE.Experts;
using DaprMoE.Tensors;

namespace DaprMoE.Torch.Tests;

/// <summary>What the bundled model writes with its experts on torch, beside what it writes with them on cpu.</summary>
public sealed class TinyMoeTextTests : TorchTests
{
    private const int Tokens = 48;

    private static readonly int[][] Prompts = [[1, 2, 3, 4, 5], [.. Enumerable.Range(40, 60)]];

    [Theory]
    [MemberData(nameof(Devices))]
    public void Greedy_TwoTorchDevicesInF32_GiveTheTokensOfCpu(string device)
    {
        using TestEngine cpu = TestEngine.Cpu(TestModels.Folder(TestModels.Bundled));
        using TestEngine torch = TestEngine.Torch(
            TestModels.Folder(TestModels.Bundled),
            new ExpertHostOptions { Devices = 2 },
            new TorchBackendOptions { Device = TorchDevice.TryParse(device)!.Value, Compute = DType.F32 });
        foreach (int[] prompt in Prompts)
        {
            Assert.Equal(cpu.Greedy(prompt, Tokens), torch.Greedy(prompt, Tokens));
        }
    }

    [Fact]
    public void Greedy_BudgetOfTwelveExperts_GivesTheTokensOfCpu()
    {
        using TestEngine cpu = TestEngine.Cpu(TestModels.Folder(TestModels.Bundled));
        using TestEngine torch = TestEngine.Torch(
            TestModels.Folder(TestModels.Bundled), new ExpertHostOptions { DeviceMemoryBytes = 12 * 442_368 }, new TorchBackendOptions());
        Assert.Equal(cpu.Greedy(Prompts[1], Tokens), torch.Greedy(Prompts[1], Tokens));
        Assert.True(torch.Host.ResidentBytes <= 12 * 442_368);
    }
}
