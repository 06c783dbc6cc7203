using DaprMoE.Experts;

namespace DaprMoE.Gateway;

/// <summary>The expert backends that this program is built with.</summary>
internal static class GatewayBackends
{
    public static ExpertBackendRegistry Registry { get; } = Make();

    private static ExpertBackendRegistry Make()
    {
        ExpertBackendRegistry registry = new();
#if TORCH
        Torch.TorchBackendFactory.Register(registry);
#else
        registry.AddMissing("torch", "a program that is built with TorchBackend=cpu, as DAPRMOE_TORCH=cpu ./daprmoe does");
#endif
        return registry;
    }
}
