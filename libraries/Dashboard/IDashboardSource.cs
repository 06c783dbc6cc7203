using Microsoft.AspNetCore.Http;

namespace DaprMoE.Dashboard;

/// <summary>What the dashboard shows and does, implemented by the server that it belongs to.</summary>
public interface IDashboardSource
{
    /// <summary>The server now. Called once per tick for all viewers; it wakes no expert and resets no timer.</summary>
    /// <param name="cancellationToken">Cancelled when it takes too long; what is not known by then is left out.</param>
    ValueTask<DashboardSnapshot> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Whether a viewer sits at the server's machine, which entitles to switching where no key is asked for.</summary>
    /// <param name="context">The request for the page.</param>
    bool IsLocal(HttpContext context);

    /// <summary>Lets another policy decide from now on.</summary>
    /// <param name="wish">What the viewer wants, and what entitles them to it.</param>
    /// <param name="cancellationToken">The viewer has left.</param>
    ValueTask<SwitchAnswer> SwitchPolicyAsync(PolicySwitch wish, CancellationToken cancellationToken);

    /// <summary>Answers a conversation with the served model, as any other request.</summary>
    /// <param name="conversation">The turns so far; the last one is the user's.</param>
    /// <param name="cancellationToken">The viewer has left or stopped it.</param>
    /// <returns>The answer in pieces.</returns>
    /// <exception cref="ChatRefusedException">It can't be answered; the message says why.</exception>
    IAsyncEnumerable<string> AnswerAsync(IReadOnlyList<ChatTurn> conversation, CancellationToken cancellationToken);
}
