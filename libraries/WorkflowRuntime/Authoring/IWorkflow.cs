namespace Dapr.Workflow;

/// <summary>What a runner sees of a workflow; workflows derive from <see cref="Workflow{TInput, TOutput}"/>.</summary>
public interface IWorkflow
{
    /// <summary>Type of the input.</summary>
    Type InputType { get; }

    /// <summary>Type of the output.</summary>
    Type OutputType { get; }

    /// <summary>Runs the workflow.</summary>
    /// <param name="context">The run.</param>
    /// <param name="input">The input, of <see cref="InputType"/>.</param>
    /// <returns>The output, of <see cref="OutputType"/>.</returns>
    Task<object?> RunAsync(WorkflowContext context, object? input);
}
