namespace DaprMoE.Simulation;

/// <summary>Batches of scheduled sizes, one right after the other.</summary>
internal sealed class FixedBatches(BatchSchedule schedule, int iterations) : IBatchSource
{
    private int _done;
    private int _step;
    private int _inStep;
    private bool _hasPrompts;
    private bool _hasDecode;

    public bool TryNext(double now, Batch batch, out double start)
    {
        start = now;
        if (_done == iterations)
        {
            return false;
        }

        batch.Fill(schedule.Steps[_step].Tokens);
        _hasPrompts = batch.Prompts.Count > 0;
        _hasDecode = batch.DecodeTokens > 0;
        _done++;
        if (++_inStep == schedule.Steps[_step].Iterations)
        {
            _step = (_step + 1) % schedule.Steps.Count;
            _inStep = 0;
        }

        return true;
    }

    // Nothing waits: a prompt sees the iteration that computes it, a running sequence each iteration.
    public void Complete(double start, double end, RequestTimes times)
    {
        if (_hasPrompts)
        {
            times.FirstToken.Add(end - start);
        }

        if (_hasDecode)
        {
            times.PerToken.Add(end - start);
        }
    }
}
