namespace Dapr.Workflow;

/// <summary>One call of an activity.</summary>
public abstract class WorkflowActivityContext
{
    /// <summary>The run that calls.</summary>
    public abstract string InstanceId { get; }
}
