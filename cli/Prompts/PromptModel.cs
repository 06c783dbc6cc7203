using System.CommandLine;
using DaprMoE.Gateway;
using DaprMoE.Inference;
using DaprMoE.Text;

namespace DaprMoE.Cli;

/// <summary>A model that answers many prompts, with an observer at its engine.</summary>
internal sealed class PromptModel : IDisposable
{
    private readonly Tokenizer _tokenizer;
    private readonly ChatTemplate? _template;
    private readonly GenerationDefaults _defaults;
    private readonly LocalEngineOptions _options;
    private readonly string _folder;

    private PromptModel(string folder, LocalEngineOptions options, LocalEngine engine, TimeProvider clock)
    {
        _folder = folder;
        _options = options;
        _tokenizer = Tokenizer.Load(folder);
        _template = ChatTemplate.Load(folder, clock);
        _defaults = GenerationDefaultsFile.Load(folder, engine.Model.Description.EndTokens);
        Engine = engine;
    }

    /// <summary>The engine, not started yet.</summary>
    public LocalEngine Engine { get; }

    /// <summary>Most rows of one iteration.</summary>
    public int MaxRows => Math.Max(_options.TokenBudget, _options.MaxRunning);

    /// <summary>The model's own prompts.</summary>
    public string PromptFolder => Path.Combine(_folder, "prompts");

    public static PromptModel Open(ModelFlags flags, int batch, ParseResult arguments, CommandEnvironment environment, ProgressLine progress)
    {
        GatewayOptions gateway = new();
        flags.Configure(gateway, arguments, environment);
        return Open(gateway.Model, gateway.Engine with { MaxRunning = batch }, environment, progress);
    }

    public static PromptModel Open(string folder, LocalEngineOptions options, CommandEnvironment environment, ProgressLine progress)
    {
        // All prompts wait at once.
        options = options with { MaxQueued = int.MaxValue };
        LocalEngine engine = LocalEngine.Open(folder, options, new PackReport(progress), environment.Interrupts.Token);
        try
        {
            return new PromptModel(folder, options, engine, environment.Clock);
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Answers all prompts, always with the best token. All wait from the start, so that the engine's batches are the same in every run.
    /// </summary>
    /// <param name="prompts">The prompts; the engine numbers their sequences from 0 in this order.</param>
    /// <param name="maxTokens">Most tokens of an answer.</param>
    /// <param name="observer">Sees the engine from inside.</param>
    /// <param name="clock">The engine's clock.</param>
    /// <param name="progress">Told the share of prompts that are answered.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task AnswerAsync(
        IReadOnlyList<Prompt> prompts, int maxTokens, IForwardObserver observer, TimeProvider clock, Action<double> progress,
        CancellationToken cancellationToken)
    {
        GenerationEngine engine = Engine.Start(clock, observer);
        int answered = 0;
        foreach (Generation generation in engine.StartTogether([.. prompts.Select(prompt => Request(prompt, maxTokens))]))
        {
            await FinishAsync(generation, cancellationToken);
            progress((double)++answered / prompts.Count);
        }
    }

    public void Dispose() => Engine.Dispose();

    private GenerationRequest Request(Prompt prompt, int maxTokens) => new()
    {
        Prompt = Encode(prompt),
        MaxTokens = maxTokens,
        Sampling = new SamplingOptions { Temperature = 0 },
        EndTokens = _defaults.EndTokens,
    };

    private int[] Encode(Prompt prompt)
    {
        if (prompt.Messages is not { } messages)
        {
            return _tokenizer.Encode(prompt.Text!);
        }

        ChatTemplate template = _template ?? throw CommandException.BadInput(
            $"{_folder} has no chat template, so prompts with \"messages\" can't be used; give prompts with \"text\".");
        ChatTemplateInput input = new() { Messages = messages, AddGenerationPrompt = true, SpecialTokens = _tokenizer.SpecialTokens };
        return _tokenizer.Encode(template.Render(input));
    }

    private static async Task FinishAsync(Generation generation, CancellationToken cancellationToken)
    {
        using (generation)
        {
            await foreach (GenerationStep step in generation.ReadAllAsync(cancellationToken))
            {
                if (step.Finish == FinishReason.Error)
                {
                    throw new CommandException($"A prompt could not be answered: {generation.Error?.Message}", ExitCodes.Failed);
                }
            }
        }
    }
}
