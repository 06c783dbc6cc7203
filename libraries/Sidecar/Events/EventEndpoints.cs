using Dapr;
using DaprMoE.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace DaprMoE.Sidecar;

/// <summary>
/// Where the sidecar delivers events, one route for each topic. A payload that is no event is dropped, which moves it to the dead letters.
/// </summary>
internal static class EventEndpoints
{
    /// <summary>The topic of what could not be delivered, for people to look at.</summary>
    public const string DeadLetters = "expert-dead-letters";

    /// <summary>Longest CloudEvent: the envelope, and a payload that is an event.</summary>
    private const int MaxEnvelopeBytes = 16 << 10;

    public static void Map(IEndpointRouteBuilder routes, SidecarEventBus bus, string pubSub)
    {
        foreach (string topic in bus.Topics)
        {
            routes.MapPost($"/events/{topic}", context => ReceiveAsync(context, bus, topic))
                .WithMetadata(new EnvelopeLimit())
                .WithTopic(new TopicOptions { PubsubName = pubSub, Name = topic, DeadLetterTopic = DeadLetters });
        }
    }

    private static async Task ReceiveAsync(HttpContext context, SidecarEventBus bus, string topic)
    {
        // Content-Length still is the envelope's.
        byte[] buffer = new byte[VersionEventCodec.MaxBytes + 1];
        int length = await context.Request.Body.ReadAtLeastAsync(
            buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted).ConfigureAwait(false);
        string status = bus.TryDeliver(topic, buffer.AsSpan(0, length)) ? "SUCCESS" : "DROP";
        await context.Response.WriteAsJsonAsync(new { status }, context.RequestAborted).ConfigureAwait(false);
    }

    private sealed class EnvelopeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => MaxEnvelopeBytes;
    }
}
