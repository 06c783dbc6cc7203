using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace DaprMoE.Dashboard.Tests;

/// <summary>A server that shows, switches and answers what the test says.</summary>
internal sealed class FakeSource : IDashboardSource
{
    public DashboardSnapshot Snapshot { get; set; } = Snapshots.Bare;

    public Exception? ReadFault { get; set; }

    public int Reads { get; private set; }

    public List<PolicySwitch> Switches { get; } = [];

    public Func<PolicySwitch, SwitchAnswer> OnSwitch { get; set; } = wish => new SwitchAnswer(SwitchOutcome.Done, $"{wish.Policy} is in force.");

    public List<IReadOnlyList<ChatTurn>> Conversations { get; } = [];

    /// <summary>The pieces of the next answers; completed by the test.</summary>
    public Channel<string> Answer { get; set; } = Channel.CreateUnbounded<string>();

    public Exception? AnswerFault { get; set; }

    public ValueTask<DashboardSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        Reads++;
        return ReadFault is null ? new(Snapshot) : throw ReadFault;
    }

    public bool IsLocal(HttpContext context) => true;

    public ValueTask<SwitchAnswer> SwitchPolicyAsync(PolicySwitch wish, CancellationToken cancellationToken)
    {
        Switches.Add(wish);
        return new(OnSwitch(wish));
    }

    public async IAsyncEnumerable<string> AnswerAsync(
        IReadOnlyList<ChatTurn> conversation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Conversations.Add(conversation);
        if (AnswerFault is not null)
        {
            throw AnswerFault;
        }

        await foreach (string piece in Answer.Reader.ReadAllAsync(cancellationToken))
        {
            yield return piece;
        }
    }
}
