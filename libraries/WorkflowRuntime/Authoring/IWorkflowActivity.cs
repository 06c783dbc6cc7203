namespace Dapr.Workflow;

/// <summary>What a runner sees of an activity; activities derive from <see cref="WorkflowActivity{TInput, TOutput}"/>.</summary>
public interface IWorkflowActivity
{
    /// <summary>Type of the input.</summary>
    Type InputType { get; }

    /// <summary>Type of the output.</summary>
    Type OutputType { get; }

    /// <summary>Runs the activity.</summary>
    /// <param name="context">The call.</param>
    /// <param name="input">The input, of <see cref="InputType"/>.</param>
    /// <returns>The output, of <see cref="OutputType"/>.</returns>
    Task<object?> RunAsync(WorkflowActivityContext context, object? input);
}
