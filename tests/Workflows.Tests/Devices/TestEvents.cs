using System.Collections.Concurrent;
using DaprMoE.Ports;

namespace DaprMoE.Workflows.Tests;

/// <summary>Remembers what was published.</summary>
internal sealed class TestEvents(PortCalls calls, ConcurrentQueue<long> published) : IEventBus
{
    public async ValueTask PublishAsync(string topic, VersionEvent message, CancellationToken cancellationToken)
    {
        Assert.Equal(EventTopics.ExpertPlan, topic);
        Assert.True(message.IsSound);
        await calls.MakeAsync("publish", () => { published.Enqueue(message.Version); return true; });
    }

    public IEventSubscription Subscribe(string topic) => throw new NotSupportedException("Rollouts do not subscribe.");
}
