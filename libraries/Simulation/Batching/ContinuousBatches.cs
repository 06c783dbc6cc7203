namespace DaprMoE.Simulation;

/// <summary>
/// Continuous batching: each iteration computes one token of every running sequence and, within a budget of tokens, chunks of the prompts
/// that wait, in order of arrival; a sequence joins when it has a place and leaves when it is done.
/// </summary>
internal sealed class ContinuousBatches(IReadOnlyList<RequestArrival> arrivals, int tokenBudget, int maxRunning) : IBatchSource
{
    private readonly List<Sequence> _running = [];
    private int _next;

    public bool TryNext(double now, Batch batch, out double start)
    {
        batch.Clear();
        start = now;
        if (_running.Count == 0)
        {
            if (_next == arrivals.Count)
            {
                return false;
            }

            start = Math.Max(now, arrivals[_next].Seconds);
        }

        while (_running.Count < maxRunning && _next < arrivals.Count && arrivals[_next].Seconds <= start)
        {
            _running.Add(new Sequence(arrivals[_next++]));
        }

        Compose(batch);
        return true;
    }

    public void Complete(double start, double end, RequestTimes times)
    {
        foreach (Sequence sequence in _running)
        {
            sequence.Advance(end, times);
        }

        _running.RemoveAll(sequence => sequence.IsDone);
    }

    private void Compose(Batch batch)
    {
        int decode = 0;
        foreach (Sequence sequence in _running)
        {
            decode += sequence.IsDecoding ? 1 : 0;
        }

        batch.AddDecodeTokens(decode);
        int left = Math.Max(1, tokenBudget - decode);
        foreach (Sequence sequence in _running)
        {
            sequence.Chunk = Math.Min(left, sequence.PromptLeft);
            left -= sequence.Chunk;
            if (sequence.Chunk > 0)
            {
                batch.AddPrompt(sequence.Chunk);
            }
        }
    }

    private sealed class Sequence(RequestArrival arrival)
    {
        private int _generated;
        private double _firstToken;

        public int PromptLeft { get; private set; } = arrival.PromptTokens;

        /// <summary>Tokens of the prompt that the iteration computes.</summary>
        public int Chunk { get; set; }

        public bool IsDecoding => PromptLeft == 0;

        public bool IsDone => _generated == arrival.GeneratedTokens;

        public void Advance(double end, RequestTimes times)
        {
            if (!IsDecoding)
            {
                PromptLeft -= Chunk;
                if (IsDecoding)
                {
                    _generated = 1;
                    _firstToken = end;
                    times.FirstToken.Add(end - arrival.Seconds);
                }
            }
            else if (++_generated == arrival.GeneratedTokens)
            {
                times.PerToken.Add((end - _firstToken) / (_generated - 1));
            }
        }
    }
}
