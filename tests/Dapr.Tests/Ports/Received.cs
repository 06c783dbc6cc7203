using DaprMoE.Ports;

namespace DaprMoE.Dapr.Tests;

/// <summary>What a subscriber receives of one source; other tests publish on the same topics.</summary>
internal static class Received
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>The next versions, however they are ordered; nothing of another source that must not come.</summary>
    public static async Task<IReadOnlyList<long>> FromAsync(
        IEventSubscription events, string source, int count, string? never = null)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        List<long> versions = [];
        while (versions.Count < count)
        {
            VersionEvent message = await events.Events.ReadAsync(deadline.Token);
            Assert.NotEqual(never, message.Source);
            if (message.Source == source)
            {
                versions.Add(message.Version);
            }
        }

        versions.Sort();
        return versions;
    }
}
