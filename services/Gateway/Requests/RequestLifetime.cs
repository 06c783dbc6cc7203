namespace DaprMoE.Gateway;

/// <summary>How long one request may go on.</summary>
internal sealed class RequestLifetime : IDisposable
{
    private readonly CancellationToken _drained;
    private readonly int _seconds;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _any;

    public RequestLifetime(int seconds, TimeProvider clock, CancellationToken drained, CancellationToken clientLeft)
    {
        _drained = drained;
        _seconds = seconds;
        _deadline = new(TimeSpan.FromSeconds(seconds), clock);
        _any = CancellationTokenSource.CreateLinkedTokenSource(clientLeft, drained, _deadline.Token);
    }

    /// <summary>Cancelled when the request has to end.</summary>
    public CancellationToken Token => _any.Token;

    /// <summary>Why it was cancelled, where the client still listens.</summary>
    public ApiException Cause() =>
        _deadline.IsCancellationRequested && !_drained.IsCancellationRequested
            ? ApiErrors.DeadlineExceeded(_seconds)
            : ApiErrors.ShuttingDown();

    public void Dispose()
    {
        _any.Dispose();
        _deadline.Dispose();
    }
}
