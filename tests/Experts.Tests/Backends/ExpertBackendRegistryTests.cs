using DaprMoE.Tensors;

namespace DaprMoE.Experts.Tests;

public sealed class ExpertBackendRegistryTests : IDisposable
{
    private readonly ExpertBackendRequest _request = new()
    {
        Folder = BundledModel.Folder,
        Model = BundledModel.Open(),
        Workers = new WorkerPool(1),
        MaxAssignments = 4,
    };

    public void Dispose()
    {
        _request.Model.Dispose();
        _request.Workers.Dispose();
    }

    [Fact]
    public void Create_Cpu_IsThereWithoutRegistration()
    {
        using IExpertBackendFactory factory = new ExpertBackendRegistry().Create("cpu", _request);
        Assert.Equal("cpu", factory.Name);
    }

    [Fact]
    public void Create_UnknownName_ListsTheNamesAndHowToGetOthers() => Assert.Equal(
        "This program has no expert backend 'torch'; it has cpu, other (torch comes with DAPRMOE_TORCH=cpu).", Fault("torch", _request));

    [Theory]
    [InlineData("cuda:0", null, "no device 'cuda:0'")]
    [InlineData("cpu", DType.BF16, "--backend torch")]
    public void Create_CpuAskedForWhatItLacks_SaysSo(string device, DType? compute, string says) =>
        Assert.Contains(says, Fault("cpu", _request with { Device = device, Compute = compute }), StringComparison.Ordinal);

    private static string Fault(string name, ExpertBackendRequest request)
    {
        ExpertBackendRegistry registry = new ExpertBackendRegistry()
            .Add("other", static _ => throw new InvalidOperationException("not asked for"))
            .AddMissing("torch", "DAPRMOE_TORCH=cpu");
        return Assert.Throws<BackendUnavailableException>(() => registry.Create(name, request)).Message;
    }
}
