using System.Text.Json.Serialization;

namespace DaprMoE.Gateway;

/// <summary>
/// The bill of a served model since it was opened; the answer of <c>GET /v1/bill</c>. Layers, experts and <see cref="NonExpert"/> add up to
/// the total's memory (money of calls apart), policies, kinds of memory and requests with <see cref="Unattributed"/> to the total.
/// </summary>
public sealed record BillReport
{
    /// <summary>Experts that are named unless somebody asks for more or fewer.</summary>
    public const int DefaultExperts = 256;

    /// <summary>What OpenAI's API would call such an answer.</summary>
    [JsonPropertyName("object")]
    public string Kind => "bill";

    /// <summary>Id of the model.</summary>
    public string Model { get; init; } = "";

    /// <summary>The policy that decides now.</summary>
    public required string Policy { get; init; }

    /// <summary>How long the time is that is billed.</summary>
    public required double Seconds { get; init; }

    /// <summary>Meters that are sampled instead of exact, by name; none in a process that has the devices itself.</summary>
    public required IReadOnlyList<string> Sampled { get; init; }

    /// <summary>Seconds between two samples.</summary>
    public double? SampleSeconds { get; init; }

    /// <summary>What is emulated; null where devices are real.</summary>
    public string? Emulated { get; init; }

    /// <summary>The prices that money is made of, USD.</summary>
    public required BillPriceList Prices { get; init; }

    /// <summary>Everything.</summary>
    public required BillPart Total { get; init; }

    /// <summary>What the residency consists of.</summary>
    public required ResidencyParts Residency { get; init; }

    /// <summary>By policy, in the order of their first use, the one in force last.</summary>
    public required IReadOnlyList<BillPart> Policies { get; init; }

    /// <summary>By layer, without calls.</summary>
    public required IReadOnlyList<BillPart> Layers { get; init; }

    /// <summary>By expert, without calls; those that held most, in the order of layers, and all others together.</summary>
    public required IReadOnlyList<BillPart> Experts { get; init; }

    /// <summary>Attention, gates, embeddings and head, which are held throughout.</summary>
    public required BillPart NonExpert { get; init; }

    /// <summary>By device, without calls.</summary>
    public required IReadOnlyList<BillPart> Devices { get; init; }

    /// <summary>By kind of memory, without calls.</summary>
    public required IReadOnlyList<BillPart> Memory { get; init; }

    /// <summary>Requests under way, then the latest that ended, then all that ended before.</summary>
    public required IReadOnlyList<BillPart> Requests { get; init; }

    /// <summary>Memory of the time in which no request ran.</summary>
    public required BillPart Unattributed { get; init; }
}

/// <summary>A part of the bill by the three meters, beside static placement on the same meters.</summary>
/// <param name="Name">What it is a part of.</param>
/// <param name="Actual">What it came to.</param>
/// <param name="Static">
/// What one copy of each expert, held throughout, would have come to over the same time, the same layer runs and the same tokens, whether or
/// not the devices could hold it; null where there is no such thing.
/// </param>
public sealed record BillPart(string Name, BillFigures Actual, BillFigures? Static)
{
    /// <summary>Of a request: <c>running</c>, <c>ended</c>, or null for several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }

    /// <summary>Of a policy: how long it decided. Of several requests or experts: null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Seconds { get; init; }

    /// <summary>Of several requests or experts together: how many; null for a single one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Count { get; init; }
}

/// <summary>The three meters.</summary>
/// <param name="ActiveGbSeconds">A layer's replicas while the layer runs, GB·s (GB = 1e9 bytes).</param>
/// <param name="ResidencyGbSeconds">All memory that is held, GB·s.</param>
/// <param name="Money">Its price and that of the calls, USD.</param>
/// <param name="Calls">Expert calls; a part of those that several requests shared. Null where calls are not divided.</param>
public sealed record BillFigures(
    double ActiveGbSeconds,
    double ResidencyGbSeconds,
    double Money,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Calls = null);

/// <summary>Prices, USD.</summary>
/// <param name="CpuGbSecond">One GB of a processor's memory for one second.</param>
/// <param name="GpuGbSecond">One GB of an accelerator's memory for one second.</param>
/// <param name="Call">One call of an expert.</param>
public sealed record BillPriceList(double CpuGbSecond, double GpuGbSecond, double Call);

/// <summary>What experts' memory was held for; with non-expert memory it is the residency, GB·s.</summary>
/// <param name="Loading">Weights were on their way.</param>
/// <param name="Active">The replica's own layer ran: the active meter.</param>
/// <param name="Idle">It did not.</param>
/// <param name="NonExpert">Everything that is no expert.</param>
public sealed record ResidencyParts(double Loading, double Active, double Idle, double NonExpert);

/// <summary>How it is written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BillReport))]
public sealed partial class BillJson : JsonSerializerContext;
