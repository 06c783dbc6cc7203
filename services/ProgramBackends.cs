using DaprMoE.Experts;

namespace DaprMoE.Services;

/// <summary>The expert backends that a program is built with; compiled into each service that computes experts.</summary>
internal static class ProgramBackends
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
