using System.Diagnostics.CodeAnalysis;
using Dapr.Workflow;
using Microsoft.Extensions.DependencyInjection;

namespace DaprMoE.Embedded;

/// <summary>The registered workflow and activity classes, by name.</summary>
internal sealed class WorkflowClasses : IWorkflowsFactory
{
    private readonly Dictionary<string, Type> _workflows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> _activities = new(StringComparer.Ordinal);

    public WorkflowClasses(WorkflowRuntimeOptions options) => options.ApplyRegistrations(this);

    public void RegisterWorkflow<TWorkflow>(string? name = null)
        where TWorkflow : class, IWorkflow => _workflows.Add(name ?? typeof(TWorkflow).Name, typeof(TWorkflow));

    public void RegisterActivity<TActivity>(string? name = null)
        where TActivity : class, IWorkflowActivity => _activities.Add(name ?? typeof(TActivity).Name, typeof(TActivity));

    /// <summary>Refuses a name that no workflow has.</summary>
    public void RequireWorkflow(string name)
    {
        if (!_workflows.ContainsKey(name))
        {
            throw new ArgumentException($"There is no workflow '{name}'; registered are {Names(_workflows)}.", nameof(name));
        }
    }

    public bool TryCreateWorkflow(string name, IServiceProvider services, [NotNullWhen(true)] out IWorkflow? workflow)
    {
        workflow = _workflows.TryGetValue(name, out Type? type) ? (IWorkflow)Create(type, services) : null;
        return workflow is not null;
    }

    /// <exception cref="InvalidOperationException">There is no such activity.</exception>
    public IWorkflowActivity CreateActivity(string name, IServiceProvider services) => _activities.TryGetValue(name, out Type? type)
        ? (IWorkflowActivity)Create(type, services)
        : throw new InvalidOperationException($"There is no activity '{name}'; registered are {Names(_activities)}.");

    private static object Create(Type type, IServiceProvider services) => ActivatorUtilities.GetServiceOrCreateInstance(services, type);

    private static string Names(Dictionary<string, Type> all) =>
        all.Count == 0 ? "none" : string.Join(", ", all.Keys.Order(StringComparer.Ordinal));
}
