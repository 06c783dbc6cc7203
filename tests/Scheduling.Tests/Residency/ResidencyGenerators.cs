using CsCheck;

namespace DaprMoE.Scheduling.Tests;

/// <summary>Small devices under pressure, and what may happen to them.</summary>
internal static class ResidencyGenerators
{
    private static readonly Gen<LayerExperts> Layer =
        Gen.Select(Gen.Int[0, 4], Gen.Int[1, 3000], (experts, bytes) => new LayerExperts(experts, bytes));

    public static readonly Gen<ResidencySettings> Settings = Gen.Select(
        Layer.List[1, 3],
        Gen.Int[0, 12_000],
        Gen.Int[0, 60],
        Gen.Int[0, 4000],
        Gen.Int[1, 5],
        Gen.Int[0, 2].Select(index => new[] { 1, 512, 1000 }[index]),
        (layers, budget, keepAlive, warmUp, calls, page) => new ResidencySettings
        {
            Device = 0,
            MemoryKind = "cpu",
            Layers = layers,
            BudgetBytes = budget,
            KeepAliveUs = keepAlive,
            WarmUpBytesInFlight = warmUp,
            MaxWaitingCalls = calls,
            PageBytes = page,
        });

    /// <summary>Steps as raw numbers, which a player turns into events that fit the moment.</summary>
    public static Gen<List<(int What, int Which, int Also, int Elapsed)>> Steps(int most) =>
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, 1_000_000], Gen.Int[0, 1_000_000], Gen.Int[0, 12]).List[1, most];
}
