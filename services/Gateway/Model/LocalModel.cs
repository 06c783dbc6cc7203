using DaprMoE.Models;
using DaprMoE.Text;

namespace DaprMoE.Gateway;

/// <summary>Opens a checkpoint to be served by this process's own engine.</summary>
public static class LocalModel
{
    /// <summary>A <see cref="ModelOpener"/>: opens in the background.</summary>
    public static Task<ServedModel> OpenAsync(GatewayOptions options, TimeProvider clock, CancellationToken cancellationToken) =>
        Task.Run(() => Open(options, clock), cancellationToken);

    /// <summary>Opens the folder that the options name: weights, tokenizer, chat template, defaults; starts the engine.</summary>
    /// <param name="options">Which checkpoint, and the engine's limits.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="progress">Told about packing, which the first start of a model takes.</param>
    /// <exception cref="CheckpointException">The folder holds no checkpoint that can be served.</exception>
    public static ServedModel Open(GatewayOptions options, TimeProvider clock, IProgress<PackProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        string folder = Path.GetFullPath(options.Model);
        Tokenizer tokenizer = Tokenizer.Load(folder);
        ChatTemplate? template = ChatTemplate.Load(folder, clock);
        LocalEngine engine = LocalEngine.Open(folder, options.Engine, progress);
        try
        {
            return new ServedModel
            {
                Id = options.ModelId ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
                Engine = engine.Start(clock),
                Tokenizer = tokenizer,
                Template = template,
                Defaults = GenerationDefaultsFile.Load(folder, engine.Model.Description.EndTokens),
                Created = clock.GetUtcNow(),
                Resources = [engine],
            };
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }
}
