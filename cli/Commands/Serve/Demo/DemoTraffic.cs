using System.Text.Json;

namespace DaprMoE.Cli;

/// <summary>
/// Sends the bundled prompts, whose topics shift, to the server at an even pace and over again, so that there is something to see.
/// </summary>
internal sealed class DemoTraffic(Uri server, IReadOnlyList<Prompt> prompts, TimeProvider clock) : IDisposable
{
    // The topics shift at about the 160th prompt: a quarter of a minute after the start.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    // A machine that is slower than the pace skips prompts instead of piling them up.
    private const int MostRunning = 8;
    private const int MostTokens = 160;

    private readonly HttpClient _client = new() { BaseAddress = server, Timeout = TimeSpan.FromSeconds(60) };
    private int _running;

    /// <summary>The prompts of the demonstration.</summary>
    public static IReadOnlyList<Prompt> BundledPrompts(string root) =>
        PromptFile.Read([Path.Combine(root, ModelLocation.BundledModel, "prompts", "prompts-shift.jsonl")]);

    /// <summary>Sends until told to stop.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Pace, clock);
        try
        {
            for (int next = 0; await timer.WaitForNextTickAsync(cancellationToken); next = (next + 1) % prompts.Count)
            {
                if (prompts[next].Messages is { } messages && Volatile.Read(ref _running) < MostRunning)
                {
                    _ = AskAsync(messages, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server's end is the demonstration's.
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task AskAsync(JsonElement messages, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _running);
        try
        {
            using StringContent body = new($"{{\"messages\":{messages.GetRawText()},\"max_tokens\":{MostTokens}}}", null, "application/json");
            using HttpResponseMessage answer = await _client.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), body, cancellationToken);
            await answer.Content.CopyToAsync(Stream.Null, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // One answer more or less: the page shows what happened to the server.
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
