namespace DaprMoE.Inference;

/// <summary>The engine's side of a generation. Owned by the engine's thread, but for <see cref="Cancel"/>.</summary>
internal sealed class Sequence : IDisposable
{
    private readonly TokenMailbox _mailbox;
    private readonly TimeProvider _clock;
    private readonly Action _onCancelled;
    private readonly long _started;
    private long _firstRow;
    private long _firstToken;
    private volatile bool _cancelled;

    /// <param name="number">Order of arrival.</param>
    /// <param name="request">What to continue.</param>
    /// <param name="blocks">Where its keys and values are.</param>
    /// <param name="clock">Measures its phases.</param>
    /// <param name="onCancelled">Told when the caller has left; from any thread, and maybe often.</param>
    public Sequence(int number, GenerationRequest request, BlockTable blocks, TimeProvider clock, Action onCancelled)
    {
        Number = number;
        Request = request;
        Blocks = blocks;
        _clock = clock;
        _onCancelled = onCancelled;
        _started = clock.GetTimestamp();
        Tokens = new int[request.Prompt.Count + request.MaxTokens];
        for (int i = 0; i < request.Prompt.Count; i++)
        {
            Tokens[i] = request.Prompt[i];
        }

        Length = request.Prompt.Count;
        _mailbox = new TokenMailbox(Tokens, request.Prompt.Count);
        Handle = new Generation(request.Prompt.Count, _mailbox.ReadAllAsync, Cancel, Progress);
    }

    /// <summary>Order of arrival, from 0; observers know the sequence by it.</summary>
    public int Number { get; }

    public GenerationRequest Request { get; }

    public BlockTable Blocks { get; }

    /// <summary>What the caller holds.</summary>
    public Generation Handle { get; }

    /// <summary>Prompt and generated tokens; the first <see cref="Length"/> are there.</summary>
    public int[] Tokens { get; }

    public int Length { get; private set; }

    /// <summary>Tokens whose keys and values are in the cache.</summary>
    public int Computed { get; private set; }

    /// <summary>Rows still to compute before the next token can be drawn; 1 while decoding.</summary>
    public int Pending => Length - Computed;

    public int Generated => Length - Request.Prompt.Count;

    public bool IsCancelled => _cancelled;

    public bool IsFinished { get; private set; }

    /// <summary>Rows of this sequence in the planned iteration; 0: it sits out.</summary>
    public int PlannedRows { get; private set; }

    /// <summary>Index of its logits in the planned iteration; -1: none.</summary>
    public int LogitIndex { get; private set; } = -1;

    public void Cancel()
    {
        _cancelled = true;
        _onCancelled();
    }

    /// <summary>Notes what the next iteration computes of this sequence.</summary>
    public void Plan(int rows, int logitIndex)
    {
        if (rows > 0 && _firstRow == 0)
        {
            Volatile.Write(ref _firstRow, _clock.GetTimestamp());
        }

        PlannedRows = rows;
        LogitIndex = logitIndex;
    }

    /// <summary>Marks the planned rows as computed.</summary>
    public void Advance() => Computed += PlannedRows;

    /// <summary>Forgets what is in the cache, to be computed again.</summary>
    public void Restart()
    {
        Blocks.Release();
        Computed = 0;
    }

    /// <summary>Takes the token drawn for position <see cref="Length"/>; ends the sequence when it says so.</summary>
    public void Append(int token)
    {
        if (_firstToken == 0)
        {
            _firstToken = _clock.GetTimestamp();
        }

        if (Contains(Request.EndTokens, token))
        {
            Finish(FinishReason.Stop);
            return;
        }

        Tokens[Length++] = token;
        _mailbox.Publish();
        if (Generated == Request.MaxTokens)
        {
            Finish(FinishReason.Length);
        }
    }

    /// <summary>Ends the sequence and gives its blocks back.</summary>
    public void Finish(FinishReason reason, Exception? error = null)
    {
        IsFinished = true;
        Blocks.Release();
        Handle.Timings = Timings();
        Handle.Error = error;
        _mailbox.Finish(reason);
    }

    public void Dispose() => Blocks.Dispose();

    /// <summary>For any thread: reads what the engine's thread has published.</summary>
    private GenerationProgress Progress() => new(
        Volatile.Read(ref _firstRow) != 0, _cancelled || _mailbox.HasEnded, Tokens.AsMemory(0, Request.Prompt.Count + _mailbox.Count));

    private static bool Contains(IReadOnlyList<int> tokens, int token)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i] == token)
            {
                return true;
            }
        }

        return false;
    }

    private GenerationTimings Timings()
    {
        long now = _clock.GetTimestamp();
        long firstRow = _firstRow == 0 ? now : _firstRow;
        long firstToken = _firstToken == 0 ? now : _firstToken;
        return new GenerationTimings(
            _clock.GetElapsedTime(_started, firstRow),
            _clock.GetElapsedTime(firstRow, firstToken),
            _clock.GetElapsedTime(firstToken, now));
    }
}
