using System.Globalization;
using System.Text.Json.Serialization;
using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>
/// What was simulated and what came out, as <c>simulate --json</c> prints it. Times in seconds, memory x time in GB·s (1e9 bytes).
/// </summary>
internal sealed record SimulateResult
{
    public required string Title { get; init; }

    public required string Testbed { get; init; }

    public required int Devices { get; init; }

    public required string ModelShape { get; init; }

    public required int Layers { get; init; }

    public required int Experts { get; init; }

    public required int TopK { get; init; }

    public required string Routing { get; init; }

    public required double Zipf { get; init; }

    public required string Work { get; init; }

    public required string Time { get; init; }

    public required string Overlap { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Forecast { get; init; }

    public required double ForecastAccuracy { get; init; }

    public required bool CopiesTakeTime { get; init; }

    public required double KeepAliveSeconds { get; init; }

    public required ulong Seed { get; init; }

    public required int Seeds { get; init; }

    public required IReadOnlyList<PolicyComparison> Policies { get; init; }

    public static SimulateResult Of(SimulateRequest request, IReadOnlyList<PolicyComparison> results)
    {
        SimulationSettings settings = request.Settings;
        string work = settings.Arrivals is { } arrivals
            ? $"{arrivals.Count} requests, {Name(settings.Batching)} batching"
            : settings.Recording is null ? $"batches of {settings.Tokens} tokens" : "recorded batches";
        double? accuracy = settings.Recording?.AccuracyOf(settings.Layers, settings.HistoryIterations);
        string forecasts = accuracy is { } measured
            ? string.Create(CultureInfo.InvariantCulture, $"; forecasts of {settings.Recording!.Forecast}, load accuracy {measured:0.000}")
            : "";
        return new SimulateResult
        {
            Title = $"{settings.Shape.Name}, {settings.Layers} MoE layers of {settings.Shape.Experts} experts (top {settings.Shape.TopK}), "
                + $"on {settings.Testbed.Name}; {work}; routing {Path.GetFileName(settings.Routing)}{forecasts}",
            Testbed = settings.Testbed.Name,
            Devices = settings.Testbed.Devices,
            ModelShape = settings.Shape.Name,
            Layers = settings.Layers,
            Experts = settings.Shape.Experts,
            TopK = settings.Shape.TopK,
            Routing = Path.GetFileName(settings.Routing),
            Zipf = settings.Zipf,
            Work = work,
            Time = Name(settings.Time),
            Overlap = Name(settings.Overlap),
            Forecast = settings.Recording?.Forecast,
            ForecastAccuracy = accuracy ?? settings.ForecastAccuracy,
            CopiesTakeTime = settings.CopiesTakeTime,
            KeepAliveSeconds = settings.KeepAlive.TotalSeconds,
            Seed = settings.Seed,
            Seeds = request.Seeds,
            Policies = results,
        };
    }

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>How <c>simulate --json</c> writes its results.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(SimulateResult))]
internal sealed partial class SimulateJson : JsonSerializerContext;
