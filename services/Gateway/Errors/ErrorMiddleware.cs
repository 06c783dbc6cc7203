using Microsoft.Extensions.Options;

namespace DaprMoE.Gateway;

/// <summary>
/// Turns whatever a request ended in into the error envelope, also statuses without a body that routing sets (404, 405).
/// In the middle of an event stream the error is the last event.
/// </summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, IOptions<GatewayOptions> options, ILogger<ErrorMiddleware> logger)
{
    // nginx's number for a client that left; nobody receives it, but metrics and logs show it.
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            await AnswerBareStatusAsync(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            LogClientLeft(context.Request.Method, context.Request.Path);
            SetStatusOfLeftRequest(context.Response);
        }
#pragma warning disable CA1031 // The outermost place of a request: every fault becomes an answer and a log entry.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await AnswerAsync(context, ToApiException(context, exception));
        }
    }

    private ApiException ToApiException(HttpContext context, Exception exception) => exception switch
    {
        ApiException error => error,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ApiErrors.BodyTooLarge(options.Value.BodyLimit),
        BadHttpRequestException bad => new(bad.StatusCode, ErrorTypes.InvalidRequest, "bad_request", bad.Message, cause: bad),
        _ => ApiErrors.Internal(context.TraceIdentifier, exception),
    };

    private static Task AnswerBareStatusAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        if (response.HasStarted || response.ContentType is not null || response.ContentLength is not null)
        {
            return Task.CompletedTask;
        }

        (string method, string path) = (context.Request.Method, context.Request.Path.Value ?? "");
        return response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ErrorEnvelope.WriteAsync(response, ApiErrors.NotFound(method, path)),
            StatusCodes.Status405MethodNotAllowed =>
                ErrorEnvelope.WriteAsync(response, ApiErrors.MethodNotAllowed(method, path, response.Headers.Allow.ToString())),
            _ => Task.CompletedTask,
        };
    }

    private async Task AnswerAsync(HttpContext context, ApiException error)
    {
        if (error.Status >= StatusCodes.Status500InternalServerError && error.InnerException is not null)
        {
            LogFailed(error.InnerException, context.Request.Method, context.Request.Path);
        }
        else
        {
            LogRefused(context.Request.Method, context.Request.Path, error.Status, error.Code, error.Parameter);
        }

        if (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.Headers[RequestIdMiddleware.Header] = context.TraceIdentifier;
            await ErrorEnvelope.WriteAsync(context.Response, error);
        }
        else if (EventStream.IsOpen(context.Response))
        {
            await EventStream.EndWithErrorAsync(context.Response, error);
        }
        else
        {
            context.Abort();
        }
    }

    private static void SetStatusOfLeftRequest(HttpResponse response)
    {
        if (!response.HasStarted)
        {
            response.StatusCode = ClientClosedRequest;
        }
    }
}
