using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Torch.Tests;

public sealed class RegistrationTests : TorchTests
{
    [Fact]
    public void Create_Torch_MakesBackendsOfThatName()
    {
        using Asked asked = new();
        using IExpertBackendFactory factory = Registry().Create("torch", asked.Request with { Compute = DType.BF16 });
        Assert.Equal("torch", factory.Name);
        Assert.True(factory.CanMap);
        using IExpertBackend backend = factory.Create(budgetBytes: null);
        Assert.Equal("torch", backend.Name);
    }

    [Fact]
    public void CanMap_StoredInAnotherFormat_IsFalse()
    {
        using Asked asked = new();
        using IExpertBackendFactory factory = Registry().Create("torch", asked.Request);
        Assert.False(factory.CanMap);
        Assert.Throws<ArgumentNullException>(() => factory.Create(budgetBytes: null));
    }

    [Theory]
    [InlineData("tpu", "cuda:N")]
    [InlineData("cuda:99", "libtorch sees")]
    public void Create_DeviceThatIsNotThere_SaysWhatThereIs(string device, string says)
    {
        using Asked asked = new();
        BackendUnavailableException error = Assert.Throws<BackendUnavailableException>(
            () => Registry().Create("torch", asked.Request with { Device = device }));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_FormatThatIsNotComputedIn_SaysWhichAre()
    {
        using Asked asked = new();
        BackendUnavailableException error = Assert.Throws<BackendUnavailableException>(
            () => Registry().Create("torch", asked.Request with { Compute = DType.F16 }));
        Assert.Contains("f32 or bf16", error.Message, StringComparison.Ordinal);
    }

    private static ExpertBackendRegistry Registry()
    {
        ExpertBackendRegistry registry = new();
        TorchBackendFactory.Register(registry);
        return registry;
    }

    /// <summary>What a program that serves the bundled model asks.</summary>
    private sealed class Asked : IDisposable
    {
        public Asked() => Request = new ExpertBackendRequest
        {
            Folder = TestModels.Folder(TestModels.Bundled),
            Model = PackedModel.Open(TestModels.Folder(TestModels.Bundled), cancellationToken: TestContext.Current.CancellationToken),
            Workers = new WorkerPool(2),
            MaxAssignments = 64,
        };

        public ExpertBackendRequest Request { get; }

        public void Dispose()
        {
            Request.Model.Dispose();
            Request.Workers.Dispose();
        }
    }
}
