using System.Runtime.InteropServices;

namespace DaprMoE.Scheduling;

/// <summary>One family of rows: layers, experts or devices.</summary>
/// <param name="kinds">Kinds of memory that have a price.</param>
internal sealed class MemoryAccounts<TKey>(int kinds)
    where TKey : struct
{
    private readonly Dictionary<TKey, MemoryAccount> _accounts = [];

    public MemoryAccount Open(TKey key)
    {
        ref MemoryAccount? account = ref CollectionsMarshal.GetValueRefOrAddDefault(_accounts, key, out _);
        return account ??= new MemoryAccount(kinds);
    }

    public void Clear() => _accounts.Clear();

    /// <summary>The rows in the order that <paramref name="order"/> gives.</summary>
    public BillRow<TKey>[] Rows<TOrder>(Func<TKey, TOrder> order, BillPrices prices) =>
        [.. _accounts.OrderBy(entry => order(entry.Key))
            .Select(entry => new BillRow<TKey>(entry.Key, entry.Value.Total, entry.Value.Money(prices)))];
}
