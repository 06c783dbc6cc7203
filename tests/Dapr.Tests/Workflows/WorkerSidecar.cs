namespace DaprMoE.Dapr.Tests;

/// <summary>A sidecar for the workers of a class of tests, one after the other.</summary>
public sealed class WorkerSidecar(ControlPlane controlPlane) : IAsyncLifetime
{
    private Sidecar? _sidecar;

    internal Sidecar Sidecar => _sidecar!;

    public async ValueTask InitializeAsync() =>
        _sidecar = controlPlane.Runtime is null ? null : await controlPlane.StartSidecarAsync($"worker-{Guid.NewGuid():N}");

    public ValueTask DisposeAsync()
    {
        _sidecar?.Dispose();
        return ValueTask.CompletedTask;
    }
}
