using DaprMoE.Gateway;

namespace DaprMoE.Cli;

/// <summary>Opens models with progress on standard error.</summary>
internal static class ModelOpening
{
    public static ServedModel Open(GatewayOptions options, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        using ProgressLine progress = new(environment.Terminal, environment.Clock);
        return LocalModel.Open(options.Model, options.ModelId, options.Engine, environment.Clock, new PackReport(progress), cancellationToken);
    }
}
