using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Dapr.Workflow;

/// <summary>The registered classes, by name.</summary>
internal sealed class WorkflowRegistry : IWorkflowsFactory
{
    private readonly Dictionary<string, Func<IServiceProvider, IWorkflow>> _workflows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<IServiceProvider, IWorkflowActivity>> _activities = new(StringComparer.Ordinal);

    public WorkflowRegistry(WorkflowRuntimeOptions options) => options.ApplyRegistrations(this);

    public IEnumerable<string> Workflows => _workflows.Keys.Order(StringComparer.Ordinal);

    public IEnumerable<string> Activities => _activities.Keys.Order(StringComparer.Ordinal);

    public void RegisterWorkflow<TWorkflow>(string? name = null)
        where TWorkflow : class, IWorkflow =>
        Add(_workflows, "workflow", name ?? typeof(TWorkflow).Name, ActivatorUtilities.GetServiceOrCreateInstance<TWorkflow>);

    public void RegisterActivity<TActivity>(string? name = null)
        where TActivity : class, IWorkflowActivity =>
        Add(_activities, "activity", name ?? typeof(TActivity).Name, ActivatorUtilities.GetServiceOrCreateInstance<TActivity>);

    public bool TryCreateWorkflow(string name, IServiceProvider services, [NotNullWhen(true)] out IWorkflow? workflow)
    {
        workflow = _workflows.TryGetValue(name, out Func<IServiceProvider, IWorkflow>? create) ? create(services) : null;
        return workflow is not null;
    }

    public bool TryCreateActivity(string name, IServiceProvider services, [NotNullWhen(true)] out IWorkflowActivity? activity)
    {
        activity = _activities.TryGetValue(name, out Func<IServiceProvider, IWorkflowActivity>? create) ? create(services) : null;
        return activity is not null;
    }

    private static void Add<T>(Dictionary<string, T> all, string kind, string name, T create)
    {
        if (!all.TryAdd(name, create))
        {
            throw new ArgumentException($"Two classes are registered as {kind} '{name}'; give one of them another name.", nameof(name));
        }
    }
}
