[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace DaprMoE.Torch.Tests;

/// <summary>
/// Tests that need libtorch. Where it can't be loaded they are skipped with the reason, or fail where DAPRMOE_REQUIRE_TORCH is set.
/// They run one after another: they count the tensors of the process.
/// </summary>
public abstract class TorchTests
{
    protected TorchTests()
    {
        if (TorchLibrary.Fault is not { } fault)
        {
            return;
        }

        Assert.True(Environment.GetEnvironmentVariable("DAPRMOE_REQUIRE_TORCH") is null, fault);
        Assert.Skip(fault);
    }

    /// <summary>The devices of this machine: the processor, and the first GPU where there is one.</summary>
    public static TheoryData<string> Devices =>
        TorchLibrary.Fault is null && TorchSharp.torch.cuda.is_available() ? new("cpu", "cuda:0") : new("cpu");
}
