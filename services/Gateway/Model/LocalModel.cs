using DaprMoE.Inference;
using DaprMoE.Models;
using DaprMoE.Text;

namespace DaprMoE.Gateway;

/// <summary>Opens a checkpoint with everything that requests need, in this process.</summary>
public static class LocalModel
{
    /// <summary>A <see cref="ModelOpener"/>: opens what the gateway's settings name, on a thread of its own.</summary>
    public static Task<ServedModel> OpenAsync(GatewayOptions options, OpeningServices services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Task.Factory.StartNew(
            () => Open(options.Model, options.ModelId, options.Engine, services, progress: null, cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>Opens a checkpoint and starts its engine.</summary>
    /// <param name="folder">The checkpoint.</param>
    /// <param name="id">The id that requests name it by; null: the folder's name.</param>
    /// <param name="options">The engine's settings.</param>
    /// <param name="services">The clock of timings and templates, and the logs.</param>
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
        OpeningServices services,
        IProgress<PackProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        Tokenizer tokenizer = Tokenizer.Load(folder);
        ChatTemplate? template = ChatTemplate.Load(folder, services.Clock);
        LocalEngine engine = LocalEngine.Open(
            folder, options with { Clock = services.Clock, Logs = services.Logs, Prices = services.Prices }, progress, cancellationToken);
        try
        {
            ModelVocabulary.RequireCovers(engine.Model.Description.VocabularySize, tokenizer, folder);
            // Where there is nothing to decide, nobody looks into the engine.
            ForwardEvents? forward = options.HasChoice ? new ForwardEvents() : null;
            IGenerationEngine started = engine.Start(services.Clock, forward);
            RequestBook? requests = options.HasChoice ? new RequestBook(started) : null;
            return new ServedModel
            {
                Id = id ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
                Engine = requests ?? started,
                Requests = requests,
                Forward = forward ?? new ForwardEvents(),
                Layout = engine.Layout,
                Control = engine.Control,
                TokenLoads = options.HasChoice ? TokenTables.Find(engine, services.Logs) : null,
                Experts = engine.Experts,
                Loop = engine.Loop,
                Events = engine.Events,
                ExpertsPerLayer = ExpertCounts.Of(engine.Model.Description),
                Bill = engine.Bill,
                Clock = engine.Clock,
                VocabularySize = engine.Model.Description.VocabularySize,
                Tokenizer = tokenizer,
                Template = template,
                Defaults = GenerationDefaultsFile.Load(folder, engine.Model.Description.EndTokens),
                Created = services.Clock.GetUtcNow(),
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
