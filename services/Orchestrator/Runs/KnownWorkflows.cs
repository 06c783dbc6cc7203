using Dapr.Workflow;

namespace DaprMoE.Orchestrator;

/// <summary>The names of the workflows that this orchestrator runs.</summary>
internal sealed class KnownWorkflows : IWorkflowsFactory
{
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    public KnownWorkflows(WorkflowRuntimeOptions registrations) => registrations.ApplyRegistrations(this);

    public bool Contains(string? name) => name is not null && _names.Contains(name);

    public void RegisterWorkflow<TWorkflow>(string? name = null)
        where TWorkflow : class, IWorkflow => _names.Add(name ?? typeof(TWorkflow).Name);

    public void RegisterActivity<TActivity>(string? name = null)
        where TActivity : class, IWorkflowActivity
    {
        // Activities can't be started from outside.
    }

    public override string ToString() => string.Join(", ", _names);
}
