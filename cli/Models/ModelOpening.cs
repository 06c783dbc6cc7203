using DaprMoE.Gateway;

namespace DaprMoE.Cli;

/// <summary>Opens models with progress on standard error.</summary>
internal static class ModelOpening
{
    public static ServedModel Open(
        GatewayOptions options, OpeningServices services, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        using ProgressLine progress = new(environment.Terminal, environment.Clock);
        return LocalModel.Open(options.Model, options.ModelId, options.Engine, services, new PackReport(progress), cancellationToken);
    }
}
