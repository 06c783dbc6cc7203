using Dapr.Workflow.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow;

/// <summary>Runs the turn of a work item.</summary>
internal sealed class TurnHandler(WorkflowRegistry registry, IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    public WorkflowResponse Run(WorkflowRequest request, string completionToken)
    {
        using IServiceScope scope = scopes.CreateScope();
        WorkflowResponse response = new Turn(request, registry, scope.ServiceProvider, loggers).Run();
        response.CompletionToken = completionToken;
        return response;
    }
}
