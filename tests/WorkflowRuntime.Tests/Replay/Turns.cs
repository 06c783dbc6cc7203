using Dapr.Workflow;
using Dapr.Workflow.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DaprMoE.WorkflowRuntime.Tests;

/// <summary>Runs turns as the worker does.</summary>
internal static class Turns
{
    private static readonly ServiceProvider Nothing = new ServiceCollection().BuildServiceProvider();

    public static WorkflowResponse Run(WorkflowRequest request, Action<WorkflowRuntimeOptions> register, ILoggerFactory? loggers = null)
    {
        WorkflowRuntimeOptions options = new();
        register(options);
        return new Turn(request, new WorkflowRegistry(options), Nothing, loggers ?? NullLoggerFactory.Instance).Run();
    }
}
