namespace DaprMoE.Gateway;

/// <summary>A request's end in an error that its caller is told about.</summary>
internal sealed class ApiException(int status, string type, string code, string message, string? parameter = null, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The envelope's <c>type</c>, one of <see cref="ErrorTypes"/>.</summary>
    public string Type { get; } = type;

    /// <summary>The envelope's <c>code</c>.</summary>
    public string Code { get; } = code;

    /// <summary>The envelope's <c>param</c>: the parameter at fault.</summary>
    public string? Parameter { get; } = parameter;

    /// <summary>Seconds after which a retry makes sense.</summary>
    public int? RetryAfter { get; init; }
}

/// <summary>The envelope's <c>type</c>: who has to act.</summary>
internal static class ErrorTypes
{
    public const string InvalidRequest = "invalid_request_error";
    public const string RateLimit = "rate_limit_error";
    public const string Server = "server_error";
    public const string NotImplemented = "not_implemented_error";
}
