namespace DaprMoE.Gateway;

/// <summary>A device at one moment.</summary>
/// <param name="Name">Its name, <c>{host}-{n}</c>.</param>
/// <param name="Backend">What computes there: <c>cpu</c>, <c>torch</c>.</param>
/// <param name="Alive">Whether it can be called.</param>
/// <param name="BudgetBytes">Bytes that experts may take; null without a budget.</param>
/// <param name="ResidentBytes">Bytes of the replicas that it holds.</param>
/// <param name="ReservedBytes">Bytes that have pages: those, and free slots kept for reuse.</param>
/// <param name="LoadingBytes">Bytes that are being loaded.</param>
public sealed record DeviceInventory(
    string Name, string Backend, bool Alive, long? BudgetBytes, long ResidentBytes, long ReservedBytes, long LoadingBytes);
