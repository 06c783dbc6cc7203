namespace DaprMoE.Simulation;

/// <summary>
/// Batches as in the MoEless paper: all requests of one second form a batch that is computed to its end, all prompts in one iteration, then
/// one token per sequence and iteration until the longest is done; the next batch waits.
/// </summary>
internal sealed class SecondBatches(IReadOnlyList<RequestArrival> arrivals) : IBatchSource
{
    private readonly List<(RequestArrival Arrival, double FirstToken)> _members = [];
    private int _next;
    private int _generated;
    private bool _isPrefill;

    public bool TryNext(double now, Batch batch, out double start)
    {
        batch.Clear();
        start = now;
        _members.RemoveAll(member => member.Arrival.GeneratedTokens <= _generated);
        _isPrefill = _members.Count == 0;
        if (!_isPrefill)
        {
            batch.AddDecodeTokens(_members.Count);
            return true;
        }

        if (_next == arrivals.Count)
        {
            return false;
        }

        double second = Math.Floor(arrivals[_next].Seconds) + 1;
        start = Math.Max(now, second);
        while (_next < arrivals.Count && arrivals[_next].Seconds < second)
        {
            batch.AddPrompt(arrivals[_next].PromptTokens);
            _members.Add((arrivals[_next++], 0));
        }

        _generated = 0;
        return true;
    }

    public void Complete(double start, double end, RequestTimes times)
    {
        _generated++;
        for (int i = 0; i < _members.Count; i++)
        {
            (RequestArrival arrival, double firstToken) = _members[i];
            if (_isPrefill)
            {
                _members[i] = (arrival, end);
                times.FirstToken.Add(end - arrival.Seconds);
            }
            else if (arrival.GeneratedTokens == _generated)
            {
                times.PerToken.Add((end - firstToken) / (_generated - 1));
            }
        }
    }
}
