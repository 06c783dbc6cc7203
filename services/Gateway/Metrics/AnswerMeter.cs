using DaprMoE.Inference;

namespace DaprMoE.Gateway;

/// <summary>Records one request's answers. An answer that is not over when this is disposed counts as aborted.</summary>
internal sealed class AnswerMeter : IDisposable
{
    private readonly AnswerInstruments _instruments;
    private readonly TimeProvider _clock;
    private readonly long _arrived;
    private readonly KeyValuePair<string, object?> _model;

    // Per answer: when its latest token came.
    private readonly long?[] _latest;
    private int _running;

    public AnswerMeter(AnswerInstruments instruments, TimeProvider clock, PreparedRequest request)
    {
        _instruments = instruments;
        _clock = clock;
        _arrived = request.Arrived;
        _model = AnswerInstruments.ModelTag(request.Model);
        _latest = new long?[request.Prompts.Count];
    }

    /// <summary>All sequences are in the engine.</summary>
    public void Started() => _running = _latest.Length;

    /// <summary>Records a piece or an end.</summary>
    public void Observe(AnswerEvent next, TextGeneration generation)
    {
        if (next.Finish is { } reason)
        {
            RecordEnd(reason, generation);
        }
        else if (next.Piece.Tokens > 0)
        {
            RecordTokens(next.Index, next.Piece.Tokens);
        }
    }

    public void Dispose()
    {
        for (; _running > 0; _running--)
        {
            _instruments.CountEnd(FinishReason.Cancelled, _model);
        }
    }

    private void RecordTokens(int index, int tokens)
    {
        long now = _clock.GetTimestamp();
        if (_latest[index] is { } previous)
        {
            // Tokens that come in one piece (a character was incomplete, a stop text was possible) share the time equally.
            double each = _clock.GetElapsedTime(previous, now).TotalSeconds / tokens;
            for (int i = 0; i < tokens; i++)
            {
                _instruments.InterToken.Record(each, _model);
            }
        }
        else
        {
            _instruments.FirstToken.Record(_clock.GetElapsedTime(_arrived, now).TotalSeconds, _model);
        }

        _latest[index] = now;
    }

    private void RecordEnd(FinishReason reason, TextGeneration generation)
    {
        _running--;
        _instruments.CountEnd(reason, _model);
        _instruments.EndToEnd.Record(_clock.GetElapsedTime(_arrived).TotalSeconds, _model);
        _instruments.Queue.Record(generation.Timings.Queued.TotalSeconds, _model);
        _instruments.Prefill.Record(generation.Timings.Prefill.TotalSeconds, _model);
        _instruments.Decode.Record(generation.Timings.Decode.TotalSeconds, _model);
        _instruments.PromptTokens.Record(generation.PromptTokens, _model);
        _instruments.GenerationTokens.Record(generation.CompletionTokens, _model);
    }
}
