namespace DaprMoE.Scheduling;

/// <summary>A layer run that has not ended; reused by its layer.</summary>
internal sealed class OpenRun
{
    private readonly List<RequestTokens> _tokens = [];

    public long Number { get; private set; }

    /// <summary>Byte-microseconds of active memory that the run owns and no request has been given.</summary>
    public Int128 Owned { get; set; }

    public ReadOnlySpan<RequestTokens> Tokens => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_tokens);

    public void Begin(long number, ReadOnlySpan<RequestTokens> tokens)
    {
        Number = number;
        Owned = 0;
        _tokens.Clear();
        _tokens.AddRange(tokens);
    }
}
