using Dapr.Workflow.Protocol;

namespace Dapr.Workflow;

/// <summary>
/// The steps of a run as its code asks for them, held against its history: a step that the history has otherwise, or not at all, shows
/// that the code is not deterministic, or was changed while the run was under way.
/// </summary>
internal sealed class Steps(string workflow, string instanceId)
{
    private readonly SortedDictionary<int, Step> _unconfirmed = [];
    private readonly Dictionary<int, Step> _open = [];
    private int _next;

    /// <summary>Whether the code waits for something that the history can bring.</summary>
    public bool AnyOpen => _open.Count > 0;

    /// <summary>What the history does not have yet, in program order: the actions of this turn.</summary>
    public IEnumerable<WorkflowAction> NewActions => _unconfirmed.Values.Select(step => step.Action);

    /// <summary>The number of the next step.</summary>
    public int NextId => _next;

    public Step Add(StepKind kind, string name, WorkflowAction action)
    {
        action.Id = _next++;
        Step step = new(kind, name, action);
        _unconfirmed.Add(action.Id, step);
        _open.Add(action.Id, step);
        return step;
    }

    /// <summary>The history has a step: the code must have asked for the same one.</summary>
    /// <exception cref="NonDeterministicWorkflowException">It has not.</exception>
    public void Confirm(int id, StepKind kind, string name)
    {
        if (!_unconfirmed.Remove(id, out Step? step))
        {
            throw Differs(id, Step.Describe(kind, name), id < _next ? "the same step once only" : "no such step");
        }

        if (step.Kind != kind || (kind != StepKind.Timer && step.Name != name))
        {
            throw Differs(id, Step.Describe(kind, name), step.ToString());
        }
    }

    /// <summary>The history is over: the code must not have asked for more than it has.</summary>
    /// <exception cref="NonDeterministicWorkflowException">It has.</exception>
    public void RequireAllConfirmed()
    {
        foreach ((int id, Step step) in _unconfirmed)
        {
            throw Differs(id, "no such step", step.ToString());
        }
    }

    /// <summary>A step ended; one that is not known, or has ended already, is a repetition.</summary>
    public void End(int id, StepResult result)
    {
        if (_open.Remove(id, out Step? step))
        {
            step.End(result);
        }
    }

    /// <summary>The code gave a wait up. What it asked for stays asked for; its end is ignored.</summary>
    public void Cancel(Step step, CancellationToken token)
    {
        _open.Remove(step.Action.Id);
        step.Cancel(token);
    }

    private NonDeterministicWorkflowException Differs(int id, string history, string code) => new(
        $"Step {id} of workflow '{workflow}', run '{instanceId}', differs: its history has {history}, its code has {code}. Workflow code "
        + "must be deterministic, and must not change while runs are under way: end those runs, or register the changed code under a new name.");
}
