using System.Diagnostics.CodeAnalysis;
using DaprMoE.DirectTransport.Control;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace DaprMoE.DirectTransport;

/// <summary>
/// Keeps the connection to one listed host: connects, checks what it announces, warms its stream, lets it join, watches its signs of life, and
/// begins anew when it is lost.
/// </summary>
/// <param name="index">Its place in the list.</param>
/// <param name="address">Its address.</param>
/// <param name="connect">Makes a connection.</param>
/// <param name="tracker">Told when it joins and leaves.</param>
/// <param name="link">The engine's end.</param>
/// <param name="warmUp">Warms a stream; blocks.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">Told what happens.</param>
internal sealed partial class HostMember(
    int index,
    string address,
    Func<IHostConnection> connect,
    HostTracker tracker,
    HostLink link,
    Action<IDataStream, CancellationToken> warmUp,
    TimeProvider clock,
    ILogger logger)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Backoff _backoff = new();
    private volatile string? _trouble;
    private volatile IHostConnection? _connection;
    private volatile HeartbeatWatch? _watch;

    /// <summary>Completes when the host has joined once; faults when it is refused before.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Why it is not there; null while it is.</summary>
    public string? Trouble => _trouble;

    /// <summary>The connection to the host while it takes part; null otherwise.</summary>
    public IHostConnection? Connection => _connection;

    /// <summary>Intervals without a sign of life, up to now.</summary>
    public int MissedBeats => _watch?.Missed ?? 0;

    /// <summary>Runs until it is cancelled.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever ends a life of the host, the next one is awaited.")]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await LiveAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (HostRefusedException exception)
            {
                Refuse(exception);
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Unauthenticated)
            {
                Refuse(new HostRefusedException($"The expert host at {address} lets nobody in without its secret: {exception.Status.Detail}"));
            }
            catch (Exception exception)
            {
                Report(Reason(exception), LogUnreachable);
            }

            await Task.Delay(_backoff.Next(), clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One life of the host.</summary>
    /// <summary>A host whose signs of life end before the first one has not joined, or it would be lost and joined again all the time.</summary>
    private static async Task FirstBeatAsync(HeartbeatWatch watch, Task beats)
    {
        if (await Task.WhenAny(watch.First, beats).ConfigureAwait(false) == beats && !watch.First.IsCompleted)
        {
            await beats.ConfigureAwait(false);
            throw new IOException("its signs of life ended before the first one");
        }
    }

    private async Task LiveAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource life = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using IHostConnection connection = connect();
        using HeartbeatWatch watch = new(clock);
        TaskCompletionSource<HostFacts> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task news = FollowAnnouncementsAsync(connection, first, life.Token);
        Task beats = FollowBeatsAsync(connection, watch, life.Token);
        try
        {
            HostFacts facts = await FirstAsync(first.Task, news).ConfigureAwait(false);
            using IDataStream stream = await OpenAsync(connection, facts, life.Token).ConfigureAwait(false);
            await FirstBeatAsync(watch, beats).WaitAsync(AnswerTimeout, clock, cancellationToken).ConfigureAwait(false);
            watch.Start();
            (_watch, _connection) = (watch, connection);
            string end = await ServeAsync(facts, stream, Task.WhenAny(news, beats, watch.Lost)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            Report(end, LogLost);
        }
        finally
        {
            (_watch, _connection) = (null, null);
            await life.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(news, beats).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<HostFacts> FirstAsync(Task<HostFacts> first, Task news)
    {
        Task done = await Task.WhenAny(first, news).WaitAsync(AnswerTimeout, clock).ConfigureAwait(false);
        await done.ConfigureAwait(false);
        HostFacts facts = first.IsCompletedSuccessfully ? await first.ConfigureAwait(false) : throw new IOException("It announces nothing.");
        return tracker.Admit(index, facts) is { } refusal ? throw new HostRefusedException(refusal)
            : facts.IsDraining ? throw new IOException("It is stopping.")
            : facts;
    }

    private async Task<IDataStream> OpenAsync(IHostConnection connection, HostFacts facts, CancellationToken cancellationToken)
    {
        IDataStream stream = connection.OpenData(facts.Incarnation, link.Calls);
        try
        {
            Task warming = Task.Factory.StartNew(
                () => warmUp(stream, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            if (await Task.WhenAny(warming, stream.Ended).ConfigureAwait(false) != warming)
            {
                // Loses the echo that is waited for.
                stream.Dispose();
            }

            await warming.ConfigureAwait(false);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Lets the host take part until something ends that.</summary>
    /// <returns>What.</returns>
    private async Task<string> ServeAsync(HostFacts facts, IDataStream stream, Task<Task> end)
    {
        link.Use(stream);
        tracker.Join(index, facts);
        _backoff.Reset();
        _trouble = null;
        LogJoined(facts.Name, address, facts.Devices.Count);
        _settled.TrySetResult();
        try
        {
            return await Task.WhenAny(end, stream.Ended).ConfigureAwait(false) == end
                ? await ReasonAsync(await end.ConfigureAwait(false)).ConfigureAwait(false)
                : await stream.Ended.ConfigureAwait(false) is { } fault ? Reason(fault) : "the stream was closed";
        }
        finally
        {
            // The routes change first: who is told that a call is lost finds them without this host.
            tracker.Leave(index);
            link.Use(null);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The exception is the reason.")]
    private static async Task<string> ReasonAsync(Task ended)
    {
        try
        {
            await ended.ConfigureAwait(false);
            return "it went silent";
        }
        catch (Exception exception)
        {
            return Reason(exception);
        }
    }

    private async Task FollowAnnouncementsAsync(
        IHostConnection connection, TaskCompletionSource<HostFacts> first, CancellationToken cancellationToken)
    {
        await foreach (Announcement said in connection.AnnouncementsAsync(cancellationToken).ConfigureAwait(false))
        {
            HostFacts facts = HostFacts.Of(said);
            if (!first.TrySetResult(facts))
            {
                Follow(facts);
            }
        }
    }

    private void Follow(HostFacts facts)
    {
        if (tracker.Of(index).IsAlive)
        {
            tracker.Update(index, facts);
            if (facts.IsDraining)
            {
                LogDrains(facts.Name, address);
                tracker.Leave(index);
            }
        }
    }

    private static async Task FollowBeatsAsync(IHostConnection connection, HeartbeatWatch watch, CancellationToken cancellationToken)
    {
        await foreach (Beat _ in connection.BeatsAsync(cancellationToken).ConfigureAwait(false))
        {
            watch.Beat();
        }
    }

    private static string Reason(Exception exception) =>
        exception is RpcException { Status.Detail: { Length: > 0 } detail } ? detail : exception.GetBaseException().Message;

    private void Refuse(HostRefusedException exception)
    {
        Report(exception.Message, LogRefused);
        _settled.TrySetException(exception);
    }

    /// <summary>Says the same thing once, however often it is tried again.</summary>
    private void Report(string trouble, Action<string, string> log)
    {
        if (_trouble != trouble)
        {
            _trouble = trouble;
            log(address, trouble);
        }
    }

    [LoggerMessage(EventIds.HostJoined, LogLevel.Information, "Expert host {Host} at {Address} has joined with {Devices} devices")]
    private partial void LogJoined(string host, string address, int devices);

    [LoggerMessage(EventIds.HostDrains, LogLevel.Information, "Expert host {Host} at {Address} is stopping; it gets no more calls")]
    private partial void LogDrains(string host, string address);

    [LoggerMessage(EventIds.HostLost, LogLevel.Warning, "The expert host at {Address} is lost: {Reason}")]
    private partial void LogLost(string address, string reason);

    [LoggerMessage(EventIds.HostRefused, LogLevel.Error, "The expert host at {Address} is refused: {Reason}")]
    private partial void LogRefused(string address, string reason);

    [LoggerMessage(EventIds.HostUnreachable, LogLevel.Warning, "The expert host at {Address} can't be reached yet: {Reason}")]
    private partial void LogUnreachable(string address, string reason);
}
