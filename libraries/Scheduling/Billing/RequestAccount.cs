namespace DaprMoE.Scheduling;

/// <summary>
/// What one request has come to. Active memory and calls are kept in units of 2^-32 byte-microseconds and calls, so that shares add up
/// exactly.
/// </summary>
internal sealed class RequestAccount
{
    public const int FractionBits = 32;

    /// <summary>Active memory of the window.</summary>
    public Int128 Active { get; private set; }

    /// <summary>That part of it whose residency is not allotted yet.</summary>
    public Int128 Open { get; private set; }

    /// <summary>Calls of the window.</summary>
    public Int128 Calls { get; set; }

    /// <summary>Residency allotted so far.</summary>
    public double ResidencyGbSeconds { get; private set; }

    /// <summary>Its price.</summary>
    public double MemoryMoney { get; private set; }

    public void AddActive(Int128 active)
    {
        Active += active;
        Open += active;
    }

    /// <summary>Allots residency for what is open.</summary>
    public void Allot(double gbSeconds, double money)
    {
        ResidencyGbSeconds += gbSeconds;
        MemoryMoney += money;
        Open = 0;
    }

    public void Clear() => (Active, Open, Calls, ResidencyGbSeconds, MemoryMoney) = (0, 0, 0, 0, 0);

    /// <summary>Takes another's figures over.</summary>
    public void Add(RequestAccount other)
    {
        Active += other.Active;
        Open += other.Open;
        Calls += other.Calls;
        ResidencyGbSeconds += other.ResidencyGbSeconds;
        MemoryMoney += other.MemoryMoney;
    }

    /// <summary>Its bill, with what the open part would get now.</summary>
    public RequestBill Bill(string request, double openGbSeconds, double openMoney, double perCall)
    {
        double calls = Math.ScaleB((double)Calls, -FractionBits);
        return new RequestBill(
            request,
            Math.ScaleB((double)Active, -FractionBits) / ByteTime.PerGbSecond,
            ResidencyGbSeconds + openGbSeconds,
            calls,
            MemoryMoney + openMoney + (calls * perCall));
    }
}
