using Microsoft.Extensions.Logging;

namespace DaprMoE.Embedded;

/// <summary>What a run needs from its runner.</summary>
/// <param name="Activities">Runs activities.</param>
/// <param name="RunChildAsync">Runs a workflow of this name, id and input to its end and gives its output, as JSON.</param>
/// <param name="Loggers">Makes loggers.</param>
/// <param name="Time">The clock.</param>
/// <param name="Ready">Completes when code may run.</param>
internal sealed record RunServices(
    ActivityRunner Activities,
    Func<string, string, string?, CancellationToken, Task<string?>> RunChildAsync,
    ILoggerFactory Loggers,
    TimeProvider Time,
    Func<CancellationToken, Task> Ready);
