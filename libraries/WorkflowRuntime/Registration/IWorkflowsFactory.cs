namespace Dapr.Workflow;

/// <summary>Takes the registrations of <see cref="WorkflowRuntimeOptions"/>: what a runner makes workflows and activities from.</summary>
public interface IWorkflowsFactory
{
    /// <summary>A workflow class.</summary>
    /// <typeparam name="TWorkflow">The class.</typeparam>
    /// <param name="name">Its name; null: that of the class.</param>
    void RegisterWorkflow<TWorkflow>(string? name = null)
        where TWorkflow : class, IWorkflow;

    /// <summary>An activity class.</summary>
    /// <typeparam name="TActivity">The class.</typeparam>
    /// <param name="name">Its name; null: that of the class.</param>
    void RegisterActivity<TActivity>(string? name = null)
        where TActivity : class, IWorkflowActivity;
}
