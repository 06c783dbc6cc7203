using System.Text;
using DaprMoE.Gateway;
using DaprMoE.Inference;

namespace DaprMoE.Cli;

/// <summary>Generates from a prompt and shows the text as it comes.</summary>
/// <param name="model">The model.</param>
/// <param name="choice">How tokens are drawn.</param>
/// <param name="terminal">Where the text goes.</param>
/// <param name="options">What is shown.</param>
internal sealed class Answering(ServedModel model, SamplingChoice choice, Terminal terminal, AnsweringOptions options)
{
    /// <summary>Generates. When cancelled, what came until then is the answer.</summary>
    /// <exception cref="ContextFullException">The prompt and what was asked for do not fit the context.</exception>
    /// <exception cref="CommandException">The engine failed.</exception>
    public async Task<Answer> RunAsync(IReadOnlyList<int> prompt, CancellationToken cancellationToken)
    {
        GenerationRequest request = new()
        {
            Prompt = prompt,
            MaxTokens = choice.TokensAfter(prompt.Count, model.Engine.Info.ContextLength),
            Sampling = choice.Options,
            EndTokens = model.Defaults.EndTokens,
        };
        using TextGeneration generation = Start(request);
        string text = await ShowAsync(generation, cancellationToken);
        if (generation.Finish == FinishReason.Error)
        {
            throw new CommandException($"The answer could not be finished: {generation.Error?.Message}", ExitCodes.Failed);
        }

        Answer answer = Describe(generation, text);
        Close(answer, generation.Finish);
        return answer;
    }

    private TextGeneration Start(GenerationRequest request)
    {
        try
        {
            return TextGeneration.Start(model.Engine, model.Tokenizer, request, []);
        }
        catch (ContextOverflowException overflow)
        {
            throw new ContextFullException(overflow, choice.MaxTokens);
        }
    }

    private async Task<string> ShowAsync(TextGeneration generation, CancellationToken cancellationToken)
    {
        StringBuilder text = new();
        try
        {
            await foreach (TextPiece piece in generation.ReadAllAsync(cancellationToken))
            {
                text.Append(piece.Text);
                if (!options.Json)
                {
                    terminal.Out.Write(piece.Text);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The text so far stands.
        }

        return text.ToString();
    }

    private Answer Describe(TextGeneration generation, string text) => new()
    {
        Model = model.Id,
        Text = text,
        FinishReason = (generation.Finish ?? FinishReason.Cancelled).ToString().ToLowerInvariant(),
        Seed = choice.Options.Seed,
        Usage = new AnswerUsage(
            generation.PromptTokens, generation.CompletionTokens, generation.PromptTokens + generation.CompletionTokens),
        Timings = AnswerTimings.Of(generation.Timings, generation.PromptTokens, generation.CompletionTokens),
    };

    private void Close(Answer answer, FinishReason? finish)
    {
        if (options.Json)
        {
            JsonOutput.Write(terminal, answer, AnswerJson.Default.Answer);
        }
        else if (!answer.Text.EndsWith('\n'))
        {
            terminal.Out.WriteLine();
        }

        if (finish == FinishReason.Length && !options.Json && (options.Stats || terminal.ErrorIsTerminal))
        {
            terminal.Error.WriteLine(CutAnswer.Line(answer.Usage, model.Engine.Info.ContextLength, choice));
        }

        if (options.Stats)
        {
            terminal.Error.WriteLine(AnswerStats.Line(answer));
        }
    }
}

/// <summary>What is shown of an answer.</summary>
/// <param name="Json">One JSON object at the end instead of text as it comes.</param>
/// <param name="Stats">A line with counts and rates on standard error.</param>
internal sealed record AnsweringOptions(bool Json, bool Stats);
