using System.Runtime.CompilerServices;
using DaprMoE.Dashboard;

namespace DaprMoE.Gateway;

/// <summary>Answers the dashboard's chat as any other request: same queue, same limits, same metrics.</summary>
internal sealed class DashboardChat(
    ModelHost host, Answerer answerer, RequestLifetimes lifetimes, IRandomSource random, TimeProvider clock)
{
    /// <summary>Answers a conversation.</summary>
    /// <exception cref="ChatRefusedException">It can't be answered.</exception>
    public async IAsyncEnumerable<string> AnswerAsync(
        IReadOnlyList<ChatTurn> conversation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using RequestLifetime lifetime = lifetimes.Begin(cancellationToken);
        await using IAsyncEnumerator<string> pieces =
            answerer.StreamAsync(Prepare(conversation, cancellationToken), random.NextId("req-"), lifetime.Token).GetAsyncEnumerator(lifetime.Token);
        while (await MoveAsync(pieces, lifetime, cancellationToken))
        {
            yield return pieces.Current;
        }
    }

    private PreparedRequest Prepare(IReadOnlyList<ChatTurn> conversation, CancellationToken cancellationToken)
    {
        long arrived = clock.GetTimestamp();
        try
        {
            ServedModel model = host.Require(null);
            int[] prompt = ChatPrompt.Encode(
                model, [.. conversation.Select(turn => new ChatMessage(turn.Role, turn.Text, null))], cancellationToken);
            return new PreparedRequest(arrived, model, new ChatRequest { Stream = true }, [prompt], ChatFormat.Instance);
        }
        catch (ApiException refusal)
        {
            throw new ChatRefusedException(refusal.Message, refusal);
        }
    }

    private static async ValueTask<bool> MoveAsync(
        IAsyncEnumerator<string> pieces, RequestLifetime lifetime, CancellationToken viewerLeft)
    {
        try
        {
            return await pieces.MoveNextAsync();
        }
        catch (ApiException refusal)
        {
            throw new ChatRefusedException(refusal.Message, refusal);
        }
        catch (OperationCanceledException) when (!viewerLeft.IsCancellationRequested)
        {
            ApiException cause = lifetime.Cause();
            throw new ChatRefusedException(cause.Message, cause);
        }
    }
}
