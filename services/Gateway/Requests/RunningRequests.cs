using System.Collections.Concurrent;
using DaprMoE.Dashboard;

namespace DaprMoE.Gateway;

/// <summary>The requests that are being answered, for views. Their texts are not kept.</summary>
internal sealed class RunningRequests(TimeProvider clock)
{
    private const int MostShown = 20;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Adds one until the result is disposed.</summary>
    public IDisposable Add(string id, PreparedRequest request, AnswerBatch batch)
    {
        Entry entry = new(this, id, request, batch);
        _entries[id] = entry;
        return entry;
    }

    /// <summary>The oldest ones, and how many there are.</summary>
    public RequestsView Read()
    {
        Entry[] all = [.. _entries.Values];
        return new RequestsView(
            [.. all.OrderBy(entry => entry.Request.Arrived).Take(MostShown).Select(Describe)], all.Length);
    }

    private RequestView Describe(Entry entry) => new(
        entry.Id,
        entry.Request.Format is ChatFormat ? "chat" : "completion",
        clock.GetElapsedTime(entry.Request.Arrived),
        entry.Batch.Generations.Sum(generation => generation.PromptTokens),
        entry.Batch.Generations.Sum(generation => generation.CompletionTokens));

    private sealed record Entry(RunningRequests Owner, string Id, PreparedRequest Request, AnswerBatch Batch) : IDisposable
    {
        public void Dispose() => Owner._entries.TryRemove(Id, out _);
    }
}
