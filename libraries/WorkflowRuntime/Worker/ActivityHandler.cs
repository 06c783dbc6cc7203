using System.Diagnostics;
using Dapr.Workflow.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Dapr.Workflow;

/// <summary>Runs the activity of a work item, in a scope and a span of its own.</summary>
internal sealed class ActivityHandler(WorkflowRegistry registry, IServiceScopeFactory scopes)
{
    /// <summary>Spans are named by the source that the official package has.</summary>
    private static readonly ActivitySource Source = new("Dapr.Workflow");

    public async Task<ActivityResponse> RunAsync(ActivityRequest request, string completionToken)
    {
        string instanceId = request.WorkflowInstance?.InstanceId ?? "";
        ActivityResponse response = new() { InstanceId = instanceId, TaskId = request.TaskId, CompletionToken = completionToken };
        using Activity? span = Source.StartActivity($"activity||{request.Name}", ActivityKind.Server, Parent(request));
        span?.SetTag("dapr.workflow.instance_id", instanceId);
        try
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            IWorkflowActivity activity = Create(request.Name, scope.ServiceProvider);
            object? input = Payload.Read(request.Input, activity.InputType);
            response.Result = Payload.Write(await activity.RunAsync(new Call(instanceId), input).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.Message);
            response.FailureDetails = Failures.ToDetails(exception);
        }

        return response;
    }

    private IWorkflowActivity Create(string name, IServiceProvider services) =>
        registry.TryCreateActivity(name, services, out IWorkflowActivity? activity) ? activity : throw new InvalidOperationException(
            $"There is no activity '{name}' in this app; registered are {string.Join(", ", registry.Activities.DefaultIfEmpty("none"))}.");

    private static ActivityContext Parent(ActivityRequest request)
    {
        TraceContext? trace = request.ParentTraceContext;
        return ActivityContext.TryParse(trace?.TraceParent, trace?.TraceState, out ActivityContext parent) ? parent : default;
    }

    private sealed class Call(string instanceId) : WorkflowActivityContext
    {
        public override string InstanceId => instanceId;
    }
}
