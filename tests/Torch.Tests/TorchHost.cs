using DaprMoE.ExpertHost.Tests;

namespace DaprMoE.Torch.Tests;

/// <summary>A host of the bundled model on torch that never fails; its name is <c>host-0</c>.</summary>
public sealed class TorchHost : IAsyncLifetime
{
    private HostProcess? _host;

    /// <summary>Where it listens.</summary>
    public Uri Address => _host!.Address;

    public async ValueTask InitializeAsync()
    {
        // Without libtorch the tests are skipped, which they say themselves.
        if (TorchLibrary.Fault is null)
        {
            _host = await StartAsync("host-0");
        }
    }

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Starts a host on torch.</summary>
    internal static Task<HostProcess> StartAsync(string name, params (string Key, string Value)[] settings) =>
        HostProcess.StartAsync(TestModels.Folder(TestModels.Bundled), name, [("BACKEND", "torch"), .. settings]);
}
