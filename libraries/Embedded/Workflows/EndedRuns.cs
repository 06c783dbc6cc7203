using DaprMoE.Ports;

namespace DaprMoE.Embedded;

/// <summary>The last runs that ended, so that their outcome can be asked for.</summary>
/// <param name="capacity">Most that are kept.</param>
internal sealed class EndedRuns(int capacity)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<WorkflowRun> _runs = [];

    public void Add(WorkflowRun run)
    {
        lock (_lock)
        {
            Remove(run.Id);
            _runs.AddLast(run);
            if (_runs.Count > capacity)
            {
                _runs.RemoveFirst();
            }
        }
    }

    public WorkflowRun? Find(string id)
    {
        lock (_lock)
        {
            return _runs.FirstOrDefault(run => run.Id == id);
        }
    }

    private void Remove(string id)
    {
        if (_runs.FirstOrDefault(run => run.Id == id) is { } earlier)
        {
            _runs.Remove(earlier);
        }
    }
}
