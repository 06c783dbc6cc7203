namespace DaprMoE.Scheduling;

/// <summary>The three meters, and the calls, without their parts.</summary>
/// <param name="ActiveGbSeconds">The active meter.</param>
/// <param name="ResidencyGbSeconds">The residency meter.</param>
/// <param name="Money">The money meter.</param>
/// <param name="Calls">Expert calls.</param>
public readonly record struct BillSums(double ActiveGbSeconds, double ResidencyGbSeconds, double Money, double Calls)
{
    /// <summary>Meter by meter.</summary>
    public static BillSums operator +(BillSums left, BillSums right) => Add(left, right);

    /// <summary>Meter by meter.</summary>
    public static BillSums Add(BillSums left, BillSums right) => new(
        left.ActiveGbSeconds + right.ActiveGbSeconds,
        left.ResidencyGbSeconds + right.ResidencyGbSeconds,
        left.Money + right.Money,
        left.Calls + right.Calls);
}
