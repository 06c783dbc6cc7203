using Dapr.Workflow;

namespace DaprMoE.Workflows;

/// <summary>All workflows and activities, registered here and nowhere else: for Dapr and for the in-process runner alike.</summary>
public static class WorkflowRegistrations
{
    /// <summary>Registers them.</summary>
    /// <param name="options">Takes the registrations.</param>
    public static void Register(WorkflowRuntimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.RegisterWorkflow<PlanRollout>();
        options.RegisterActivity<BeginRollout>();
        options.RegisterActivity<WarmDevice>();
        options.RegisterActivity<CheckWarm>();
        options.RegisterActivity<SwitchPlan>();
        options.RegisterActivity<DrainDevice>();
        options.RegisterActivity<CheckEvicted>();
        options.RegisterActivity<RestorePlan>();
        options.RegisterActivity<EndRollout>();
    }
}
