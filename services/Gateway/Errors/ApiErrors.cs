using System.Text.Json;
using DaprMoE.Inference;
using DaprMoE.Text;

namespace DaprMoE.Gateway;

/// <summary>All errors that the API gives, one factory each.</summary>
internal static class ApiErrors
{
    public static ApiException InvalidJson(string reason) =>
        Invalid(400, "invalid_json", $"The body can't be read as JSON: {reason}");

    public static ApiException UnsupportedMediaType(string? contentType) =>
        Invalid(415, "unsupported_media_type",
            $"The body's content type is {contentType ?? "not given"}; allowed: application/json. "
            + "Send the header 'Content-Type: application/json'.");

    public static ApiException InvalidValue(string parameter, JsonElement value, string allowed) =>
        InvalidValue(parameter, JsonExcerpt.Of(value), allowed);

    public static ApiException InvalidValue(string parameter, string value, string allowed) =>
        Invalid(400, "invalid_value", $"'{parameter}' is {value}; allowed: {allowed}.", parameter);

    public static ApiException Missing(string parameter, string allowed) =>
        Invalid(400, "missing_required_parameter", $"'{parameter}' is missing; give {allowed}.", parameter);

    public static ApiException UnknownParameter(string parameter, string known) =>
        Invalid(400, "unknown_parameter", $"'{parameter}' is no parameter here; there are: {known}.", parameter);

    public static ApiException UnsupportedParameter(string parameter, JsonElement value, string supported) =>
        Invalid(400, "unsupported_parameter",
            $"'{parameter}' is {JsonExcerpt.Of(value)}, which this server can't do yet; supported: {supported}.", parameter);

    public static ApiException Conflict(string parameter, string reason) => Invalid(400, "invalid_value", reason, parameter);

    public static ApiException ModelNotFound(string id, string known) =>
        Invalid(404, "model_not_found", $"There is no model '{JsonExcerpt.Cut(id)}' here; this server has '{known}'.", "model");

    public static ApiException NoTemplate(string model) =>
        Invalid(400, "no_chat_template", $"Model '{model}' has no chat template, so it can't chat; use /v1/completions.", "messages");

    public static ApiException Template(Exception cause) =>
        new(400, ErrorTypes.InvalidRequest, "chat_template_error", $"The model's chat template refuses the conversation: {cause.Message}",
            "messages", cause);

    // Without the exception's own message, which has a path of this machine.
    public static ApiException Tokenizer(TokenizerException cause, string parameter) =>
        new(400, ErrorTypes.InvalidRequest, "tokenizer_error", $"The model's tokenizer refuses the text: {cause.Problem}.",
            parameter, cause);

    public static ApiException ContextOverflow(ContextOverflowException overflow, string parameter) =>
        new(400, ErrorTypes.InvalidRequest, "context_length_exceeded", overflow.Message, parameter, overflow);

    public static ApiException QueueFull(QueueFullException full) =>
        new(429, ErrorTypes.RateLimit, "queue_full", full.Message, cause: full) { RetryAfter = 1 };

    public static ApiException BodiesFull(long limit) =>
        new(429, ErrorTypes.RateLimit, "bodies_full",
            $"The bodies that are being read have {limit} bytes together, which is as many as may. Try again later, "
            + "or raise DAPRMOE__GATEWAY__BODIESLIMIT.")
        {
            RetryAfter = 1,
        };

    public static ApiException BodyTooLarge(long limit) =>
        Invalid(413, "body_too_large", $"The body is larger than {limit} bytes. Send less, or raise DAPRMOE__GATEWAY__BODYLIMIT.");

    public static ApiException NotFound(string method, string path) =>
        Invalid(404, "unknown_url", $"There is nothing at {method} {JsonExcerpt.Cut(path)}.");

    public static ApiException MethodNotAllowed(string method, string path, string allowed) =>
        Invalid(405, "method_not_allowed", $"{path} does not answer {method}; allowed: {allowed}.");

    public static ApiException PolicyRefused(PolicyRefusedException refused) =>
        new(409, ErrorTypes.InvalidRequest, "policy_refused", refused.Message, "policy", refused);

    public static ApiException AdminKeyMissing() =>
        Invalid(401, "admin_key_missing", $"This changes the server for everybody: send its key in the header {AdminAccess.Header}.");

    public static ApiException AdminKeyWrong() =>
        Invalid(403, "admin_key_wrong", $"The key in the header {AdminAccess.Header} is not this server's, which stands in its --admin-key-file.");

    public static ApiException AdminElsewhere() =>
        Invalid(403, "admin_on_loopback_only",
            "This changes the server for everybody, and works on its own machine only, under a name of loopback. To allow it from elsewhere, "
            + $"start the server with --admin-key-file and send the key in the header {AdminAccess.Header}.");

    public static ApiException NotImplemented(string what) =>
        new(501, ErrorTypes.NotImplemented, "not_implemented", $"{what} is not in this version of DaprMoE.");

    public static ApiException NotReady(string phase) =>
        new(503, ErrorTypes.Server, "not_ready", $"The server takes no requests now: {phase}. /readyz tells when it does.")
        {
            RetryAfter = 1,
        };

    public static ApiException ShuttingDown() =>
        new(503, ErrorTypes.Server, "shutting_down", "The server was stopped before the answer was complete. Try again.")
        {
            RetryAfter = 1,
        };

    public static ApiException DeadlineExceeded(int seconds) =>
        new(504, ErrorTypes.Server, "deadline_exceeded",
            $"The answer was not complete {seconds} s after the request's arrival. Send or ask for less, or raise "
            + "DAPRMOE__GATEWAY__REQUESTSECONDS.");

    public static ApiException EngineFailed(EngineFailedException failed) =>
        new(503, ErrorTypes.Server, "engine_failed", failed.Message, cause: failed);

    public static ApiException ExpertsUnavailable(ExpertsUnavailableException cause) =>
        new(503, ErrorTypes.Server, "experts_unavailable", cause.Message, cause: cause) { RetryAfter = 1 };

    /// <summary>What an answer ends in that the engine gave up.</summary>
    public static ApiException GenerationFailed(string requestId, Exception? cause, Exception? engineFault) => (cause, engineFault) switch
    {
        (_, not null) => EngineFailed(new EngineFailedException(engineFault)),
        (ExpertsUnavailableException unavailable, _) => ExpertsUnavailable(unavailable),
        (NonFiniteLogitsException, _) => new(500, ErrorTypes.Server, "non_finite_logits", cause.Message, cause: cause),
        _ => Internal(requestId, cause),
    };

    public static ApiException Internal(string requestId, Exception? cause) =>
        new(500, ErrorTypes.Server, "internal_error", $"The server failed; its log has the reason under request id {requestId}.",
            cause: cause);

    private static ApiException Invalid(int status, string code, string message, string? parameter = null) =>
        new(status, ErrorTypes.InvalidRequest, code, message, parameter);
}
