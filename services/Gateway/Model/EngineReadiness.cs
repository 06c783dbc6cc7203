using DaprMoE.ServiceDefaults;

namespace DaprMoE.Gateway;

/// <summary>Makes the gateway unready once its engine has stopped for good.</summary>
internal sealed class EngineReadiness(ModelHost host) : IReadinessCheck
{
    public string? Fault =>
        host.Current?.Engine.Fault is { } fault ? $"the engine has stopped: {fault.Message} Restart the server." : null;
}
