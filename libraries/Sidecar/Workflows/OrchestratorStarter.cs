using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DaprMoE.Ports;

namespace DaprMoE.Sidecar;

/// <summary>
/// Workflows in the orchestrator, by invocation: the runs of an app-id are to be seen by its own sidecar only. Repeating a start is
/// harmless, and the sidecar does so.
/// </summary>
internal sealed class OrchestratorStarter : IWorkflowStarter
{
    /// <summary>A start waits for the run's first turn.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;
    private readonly string _orchestrator;
    private readonly TimeProvider _clock;

    public OrchestratorStarter(HttpClient http, string orchestrator, TimeProvider clock)
    {
        (_http, _orchestrator, _clock) = (http, orchestrator, clock);
        _http.Timeout = Timeout.InfiniteTimeSpan;
    }

    public async Task<bool> StartAsync(string workflow, string id, object? input, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(workflow);
        RunIds.Require(id);
        JsonElement? json = input is null ? null : JsonSerializer.SerializeToElement(input, JsonSerializerOptions.Web);
        using JsonContent body = JsonContent.Create(new OrchestratorApi.Start(workflow, json), options: JsonSerializerOptions.Web);
        // A body without a length counts as a stream, which the sidecar does not repeat.
        await body.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        string what = $"Workflow '{workflow}' can't be started as '{id}'";
        using HttpResponseMessage response = await SendAsync(
            HttpMethod.Post, OrchestratorApi.RunPath(id), body, what, cancellationToken).ConfigureAwait(false);
        return response.StatusCode switch
        {
            HttpStatusCode.Created => true,
            HttpStatusCode.Conflict => false,
            HttpStatusCode.NotFound or HttpStatusCode.BadRequest =>
                throw new ArgumentException(await FaultAsync(response, what, cancellationToken).ConfigureAwait(false)),
            _ => throw new WorkflowStartException(await FaultAsync(response, what, cancellationToken).ConfigureAwait(false)),
        };
    }

    public async Task<WorkflowRun?> GetAsync(string id, CancellationToken cancellationToken)
    {
        RunIds.Require(id);
        string what = $"Workflow run '{id}' can't be read";
        using HttpResponseMessage response = await SendAsync(
            HttpMethod.Get, OrchestratorApi.RunPath(id), body: null, what, cancellationToken).ConfigureAwait(false);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => await ReadAsync(response, what, cancellationToken).ConfigureAwait(false),
            HttpStatusCode.NotFound => null,
            _ => throw new WorkflowStartException(await FaultAsync(response, what, cancellationToken).ConfigureAwait(false)),
        };
    }

    public async Task TerminateAsync(string id, CancellationToken cancellationToken)
    {
        RunIds.Require(id);
        string what = $"Workflow run '{id}' can't be terminated";
        using HttpResponseMessage response = await SendAsync(
            HttpMethod.Post, OrchestratorApi.TerminatePath(id), body: null, what, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotFound))
        {
            throw new WorkflowStartException(await FaultAsync(response, what, cancellationToken).ConfigureAwait(false));
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? body, string what, CancellationToken cancellationToken)
    {
        using Deadline deadline = new(CallTimeout, _clock, cancellationToken);
        using HttpRequestMessage request = new(method, new Uri(path, UriKind.Relative)) { Content = body };
        try
        {
            return await _http.SendAsync(request, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (deadline.IsFault(exception))
        {
            throw new WorkflowStartException(
                $"{what}: the sidecar does not reach '{_orchestrator}' ({deadline.Reason(exception)}) Check that both run.", exception);
        }
    }

    private static async Task<WorkflowRun> ReadAsync(HttpResponseMessage response, string what, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<WorkflowRun>(JsonSerializerOptions.Web, cancellationToken).ConfigureAwait(false)
                ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new WorkflowStartException($"{what}: the answer is no run. {exception.Message}", exception);
        }
    }

    /// <summary>The orchestrator's sentence, or the sidecar's message when the call did not get there.</summary>
    private async Task<string> FaultAsync(HttpResponseMessage response, string what, CancellationToken cancellationToken)
    {
        string text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        string? said = null;
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            said = Text(json.RootElement, "detail") ?? Text(json.RootElement, "message");
        }
        catch (JsonException)
        {
            // Said below by its status.
        }

        return $"{what}: {said ?? $"'{_orchestrator}' answers with status {(int)response.StatusCode}."}";
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
