namespace DaprMoE.Scheduling;

/// <summary>Memory x time of one row of the bill, by kind of memory.</summary>
/// <param name="kinds">Kinds that have a price.</param>
internal sealed class MemoryAccount(int kinds)
{
    private readonly MemoryParts[] _parts = new MemoryParts[kinds];

    public MemoryParts Of(int kind) => _parts[kind];

    public MemoryParts Total
    {
        get
        {
            MemoryParts total = default;
            foreach (MemoryParts parts in _parts)
            {
                total += parts;
            }

            return total;
        }
    }

    public void Add(int kind, in MemoryParts parts) => _parts[kind] += parts;

    public double Money(BillPrices prices)
    {
        double money = 0;
        for (int kind = 0; kind < _parts.Length; kind++)
        {
            money += prices.PerGbSecond(kind) * ByteTime.GbSeconds(_parts[kind].Residency);
        }

        return money;
    }
}
