namespace DaprMoE.Scheduling.Tests;

/// <summary>Turns raw numbers into a life of replicas, runs and calls on a meter.</summary>
internal sealed class BillPlayer(BillMeter meter)
{
    private static readonly string[] Kinds = ["gpu", "cpu"];

    private readonly List<LayerRun> _runs = [];
    private long _nowUs;

    /// <returns>The time of the last step.</returns>
    public long Play(IEnumerable<(int What, int Which, int Also, int Elapsed)> steps, Action<long>? eachUs = null)
    {
        foreach ((int what, int which, int also, int elapsed) in steps)
        {
            _nowUs += elapsed;
            Step(what, which, also);
            eachUs?.Invoke(_nowUs);
        }

        return _nowUs;
    }

    private void Step(int what, int which, int also)
    {
        if (what < 50)
        {
            ReplicaId replica = new(new ExpertId(which % 2, which / 2 % 3), which / 6 % 2);
            meter.Record(new ReplicaMemoryEvent(_nowUs, (MemoryEvent)(what % 3), replica, also % 2, Kinds[also / 2 % 2], also % 1_000));
        }
        else if (what < 70)
        {
            RequestTokens[] tokens =
                [.. Enumerable.Range(0, also % 4).Select(part => new RequestTokens($"r{(which + part) % 5}", part * also % 7))];
            _runs.Add(meter.BeginRun(_nowUs, which % 2, tokens));
        }
        else if (what < 90 && _runs.Count > 0)
        {
            meter.EndRun(_nowUs, _runs[which % _runs.Count]);
            _runs.RemoveAt(which % _runs.Count);
        }
        else
        {
            meter.RecordCall(_nowUs, $"r{which % 6}");
        }
    }
}
