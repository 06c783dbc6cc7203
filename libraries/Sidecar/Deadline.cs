using Dapr;
using Grpc.Core;

namespace DaprMoE.Sidecar;

/// <summary>The limit of one call of the sidecar, within the caller's own.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _caller;

    public Deadline(TimeSpan limit, TimeProvider clock, CancellationToken caller)
    {
        _caller = caller;
        _timeout = new CancellationTokenSource(limit, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, caller);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>
    /// Whether an exception is the sidecar's or the limit's. The SDK wraps a cancelled call's, so the caller's own end is asked for first.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller ended the call.</exception>
    public bool IsFault(Exception exception)
    {
        _caller.ThrowIfCancellationRequested();
        return exception is DaprException or RpcException or OperationCanceledException or HttpRequestException;
    }

    /// <summary>What went wrong, in the sidecar's words; a sentence with its full stop.</summary>
    public string Reason(Exception exception)
    {
        if (_timeout.IsCancellationRequested)
        {
            return "it does not answer in time.";
        }

        RpcException? rpc = exception as RpcException ?? exception.InnerException as RpcException;
        return (rpc is null ? exception.Message : $"{rpc.StatusCode}, {rpc.Status.Detail}").TrimEnd('.') + ".";
    }

    public void Dispose()
    {
        _either.Dispose();
        _timeout.Dispose();
    }
}
