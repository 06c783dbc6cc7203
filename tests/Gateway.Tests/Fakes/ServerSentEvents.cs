using System.Net.ServerSentEvents;

namespace DaprMoE.Gateway.Tests;

/// <summary>Reads event streams.</summary>
internal static class ServerSentEvents
{
    /// <summary>The data of all events, in order.</summary>
    public static async Task<List<string>> ReadAllAsync(HttpResponseMessage response)
    {
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await using Stream body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        List<string> events = [];
        await foreach (SseItem<string> item in SseParser.Create(body).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            events.Add(item.Data);
        }

        return events;
    }
}
