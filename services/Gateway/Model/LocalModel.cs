using DaprMoE.Models;
using DaprMoE.Text;

namespace DaprMoE.Gateway;

/// <summary>Opens a checkpoint with everything that requests need, in this process.</summary>
public static class LocalModel
{
    /// <summary>A <see cref="ModelOpener"/>: opens what the gateway's settings name, on a thread of its own.</summary>
    public static Task<ServedModel> OpenAsync(GatewayOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Task.Factory.StartNew(
            () => Open(options.Model, options.ModelId, options.Engine, clock, progress: null, cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>Opens a checkpoint and starts its engine.</summary>
    /// <param name="folder">The checkpoint.</param>
    /// <param name="id">The id that requests name it by; null: the folder's name.</param>
    /// <param name="options">The engine's settings.</param>
    /// <param name="clock">The clock of timings and templates.</param>
    /// <param name="progress">Told while the packed file is written.</param>
    /// <param name="cancellationToken">Ends packing, or waiting for another process that packs.</param>
    /// <exception cref="CheckpointException">The folder holds no checkpoint that can be served.</exception>
    /// <exception cref="TokenizerException">The tokenizer can't be used, or not with this model.</exception>
    /// <exception cref="TemplateException">The chat template can't be used.</exception>
    /// <exception cref="InvalidDataException"><c>generation_config.json</c> can't be used.</exception>
    public static ServedModel Open(
        string folder,
        string? id,
        LocalEngineOptions options,
        TimeProvider clock,
        IProgress<PackProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Tokenizer tokenizer = Tokenizer.Load(folder);
        ChatTemplate? template = ChatTemplate.Load(folder, clock);
        LocalEngine engine = LocalEngine.Open(folder, options, progress, cancellationToken);
        try
        {
            ModelVocabulary.RequireCovers(engine.Model.Description.VocabularySize, tokenizer, folder);
            return new ServedModel
            {
                Id = id ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
                Engine = engine.Start(clock),
                Experts = engine.Experts,
                Events = engine.Events,
                VocabularySize = engine.Model.Description.VocabularySize,
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
