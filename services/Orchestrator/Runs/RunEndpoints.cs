using DaprMoE.Ports;
using DaprMoE.Sidecar;
using Grpc.Core;
using Microsoft.AspNetCore.Mvc;

namespace DaprMoE.Orchestrator;

/// <summary>What <see cref="OrchestratorApi"/> says.</summary>
internal static class RunEndpoints
{
    private const int MaxBodyBytes = 1 << 20;

    public static void Map(IEndpointRouteBuilder routes, WorkflowRuns runs)
    {
        RouteGroupBuilder group = routes.MapGroup("").AddEndpointFilter(SayFaultsAsync);
        group.MapPost(OrchestratorApi.Run, async (string id, OrchestratorApi.Start start, CancellationToken cancellationToken) =>
            await runs.StartAsync(id, start, cancellationToken)
                ? Results.Created(OrchestratorApi.RunPath(id), value: null)
                : Fault(StatusCodes.Status409Conflict, $"Workflow run '{id}' is under way."))
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        group.MapGet(OrchestratorApi.Run, async (string id, CancellationToken cancellationToken) =>
            await runs.GetAsync(id, cancellationToken) is { } run
                ? Results.Ok(run)
                : Fault(StatusCodes.Status404NotFound, $"There is no workflow run '{id}'."));
        group.MapPost(OrchestratorApi.Terminate, async (string id, CancellationToken cancellationToken) =>
        {
            await runs.TerminateAsync(id, cancellationToken);
            return Results.NoContent();
        });
        group.MapDelete(OrchestratorApi.Run, async (string id, CancellationToken cancellationToken) =>
            await runs.PurgeAsync(id, cancellationToken)
                ? Results.NoContent()
                : Fault(StatusCodes.Status409Conflict, $"Workflow run '{id}' has not ended; terminate it first."));
    }

    private static async ValueTask<object?> SayFaultsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (UnknownWorkflowException exception)
        {
            return Fault(StatusCodes.Status404NotFound, exception.Message);
        }
        catch (ArgumentException exception)
        {
            return Fault(StatusCodes.Status400BadRequest, exception.Message);
        }
        catch (Exception exception) when (exception is WorkflowStartException or StateStoreException)
        {
            return Fault(StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
        catch (RpcException exception)
        {
            return Fault(
                StatusCodes.Status503ServiceUnavailable,
                $"The orchestrator's sidecar does not run workflows now: {exception.StatusCode}, {exception.Status.Detail}");
        }
    }

    private static IResult Fault(int status, string sentence) => Results.Problem(detail: sentence, statusCode: status);
}
