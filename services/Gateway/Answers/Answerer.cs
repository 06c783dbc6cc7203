using System.Runtime.CompilerServices;
using DaprMoE.Inference;

namespace DaprMoE.Gateway;

/// <summary>Generates and sends the answer to a request whose prompts are known.</summary>
internal sealed partial class Answerer(
    IRandomSource random, TimeProvider clock, GatewayMetrics metrics, RunningRequests running, ILogger<Answerer> logger)
{
    /// <summary>Answers a request.</summary>
    /// <exception cref="ApiException">It could not be answered.</exception>
    public async Task AnswerAsync(HttpContext context, PreparedRequest request, CancellationToken cancellationToken)
    {
        using AnswerMeter meter = metrics.Begin(request);
        using RequestBills bill = new(request.Model.Bill, random.NextId(request.Format.IdPrefix));
        using AnswerBatch batch = Start(request, bill.Id);
        meter.Started();
        AnswerHead head = new(bill.Id, clock.GetUtcNow(), request.Model.Id);
        LogStarted(head.Id, batch.Generations.Count, batch.Generations.Sum(g => g.PromptTokens));
        using IDisposable listed = running.Add(head.Id, request, batch);
        IAsyncEnumerable<AnswerEvent> events = WatchAsync(request.Model, batch, meter, context.TraceIdentifier, cancellationToken);
        AnswerUsage usage = new(batch, bill, request.Parameters);
        await SendAsync(context.Response, head, request, usage, events, cancellationToken);
        LogEnded(head.Id, batch.Generations.Sum(g => g.CompletionTokens));
    }

    /// <summary>Answers a request of this process, which wants the text alone.</summary>
    /// <exception cref="ApiException">It could not be answered.</exception>
    public async IAsyncEnumerable<string> StreamAsync(
        PreparedRequest request, string requestId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using AnswerMeter meter = metrics.Begin(request);
        using RequestBills bill = new(request.Model.Bill, random.NextId(request.Format.IdPrefix));
        string id = bill.Id;
        using AnswerBatch batch = Start(request, id);
        meter.Started();
        LogStarted(id, batch.Generations.Count, batch.Generations.Sum(g => g.PromptTokens));
        using IDisposable listed = running.Add(id, request, batch);
        await foreach (AnswerEvent next in WatchAsync(request.Model, batch, meter, requestId, cancellationToken))
        {
            if (next.Piece.Text is { Length: > 0 } text)
            {
                yield return text;
            }
        }

        LogEnded(id, batch.Generations.Sum(g => g.CompletionTokens));
    }

    private static Task SendAsync(
        HttpResponse response, AnswerHead head, PreparedRequest request, AnswerUsage usage, IAsyncEnumerable<AnswerEvent> events,
        CancellationToken cancellationToken) => request.Parameters.Stream
        ? new StreamedAnswer(head, request.Format, usage).SendAsync(response, events, cancellationToken)
        : new WholeAnswer(head, request.Format, usage).SendAsync(response, events);

    private AnswerBatch Start(PreparedRequest request, string id)
    {
        try
        {
            GenerationRequest[] sequences =
                [.. request.Prompts.Select(prompt => GenerationRequests.Create(request.Parameters, prompt, request.Model, random, id))];
            LogSeed(sequences[0].Sampling.Seed);
            return AnswerBatch.Start(request.Model, sequences, request.Parameters.Stop);
        }
        catch (ContextOverflowException overflow)
        {
            throw ApiErrors.ContextOverflow(overflow, request.Format is ChatFormat ? "messages" : "prompt");
        }
        catch (QueueFullException full)
        {
            throw ApiErrors.QueueFull(full);
        }
        catch (EngineFailedException failed)
        {
            throw ApiErrors.EngineFailed(failed);
        }
    }

    private static async IAsyncEnumerable<AnswerEvent> WatchAsync(
        ServedModel model, AnswerBatch batch, AnswerMeter meter, string requestId,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (AnswerEvent next in batch.ReadAllAsync(cancellationToken))
        {
            meter.Observe(next, batch.Generations[next.Index]);
            switch (next.Finish)
            {
                case FinishReason.Error:
                    throw ApiErrors.GenerationFailed(requestId, batch.Generations[next.Index].Error, model.Engine.Fault);
                case FinishReason.Cancelled:
                    throw new OperationCanceledException(cancellationToken);
                default:
                    yield return next;
                    break;
            }
        }
    }
}
