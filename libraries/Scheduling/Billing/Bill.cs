namespace DaprMoE.Scheduling;

/// <summary>
/// The bill of one window by three meters: active, residency, money. Layers, experts and devices each add up to residency without
/// <see cref="NonExpert"/>; kinds with it; requests, <see cref="EndedRequests"/> and <see cref="UnattributedGbSeconds"/> too.
/// </summary>
public sealed record Bill
{
    /// <summary>The model and the policy.</summary>
    public required BillScope Scope { get; init; }

    /// <summary>The time that is billed.</summary>
    public required BillWindow Window { get; init; }

    /// <summary>Memory x time of all replicas.</summary>
    public required MemoryParts Memory { get; init; }

    /// <summary>Memory x time of everything that is no expert, in byte-microseconds.</summary>
    public required Int128 NonExpert { get; init; }

    /// <summary>Expert calls made in the window.</summary>
    public required long Calls { get; init; }

    /// <summary>Price of those calls.</summary>
    public required double CallMoney { get; init; }

    /// <summary>By layer, ascending.</summary>
    public required IReadOnlyList<BillRow<int>> Layers { get; init; }

    /// <summary>By expert, ascending.</summary>
    public required IReadOnlyList<BillRow<ExpertId>> Experts { get; init; }

    /// <summary>By device, ascending.</summary>
    public required IReadOnlyList<BillRow<int>> Devices { get; init; }

    /// <summary>By kind of memory, in the order of the price list, kinds in use only; non-expert memory is an idle part here.</summary>
    public required IReadOnlyList<BillRow<string>> Kinds { get; init; }

    /// <summary>By request, in ordinal order; where requests end, those that are under way.</summary>
    public required IReadOnlyList<RequestBill> Requests { get; init; }

    /// <summary>All requests that ended in the window, together.</summary>
    public required EndedRequests EndedRequests { get; init; }

    /// <summary>Residency of the time in which no request ran.</summary>
    public required double UnattributedGbSeconds { get; init; }

    /// <summary>Calls made for no request.</summary>
    public required long UnattributedCalls { get; init; }

    /// <summary>The price of that residency and of those calls.</summary>
    public required double UnattributedMoney { get; init; }

    /// <summary>The residency meter, exact, in byte-microseconds.</summary>
    public Int128 Residency => Memory.Residency + NonExpert;

    /// <summary>The active meter.</summary>
    public double ActiveGbSeconds => ByteTime.GbSeconds(Memory.Active);

    /// <summary>The residency meter.</summary>
    public double ResidencyGbSeconds => ByteTime.GbSeconds(Residency);

    /// <summary>Price of all memory.</summary>
    public double MemoryMoney => Kinds.Sum(kind => kind.Money);

    /// <summary>The money meter.</summary>
    public double Money => MemoryMoney + CallMoney;

    /// <summary>This bill and that of a later window as one, of this one's scope: the window is as long as both together.</summary>
    public Bill Plus(Bill later) => BillAddition.Of(this, later);
}
