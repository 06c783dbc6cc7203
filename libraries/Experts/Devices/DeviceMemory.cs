namespace DaprMoE.Experts;

/// <summary>What a device's expert memory holds at one moment.</summary>
/// <param name="BudgetBytes">Bytes that it may hold; null without a budget.</param>
/// <param name="ResidentBytes">Bytes of the replicas that hold memory, loading ones included.</param>
/// <param name="ReservedBytes">Those and the bytes of free slots that keep their pages for the next load; never above the budget.</param>
/// <param name="LoadingBytes">Bytes of the replicas that are loading.</param>
public readonly record struct DeviceMemory(long? BudgetBytes, long ResidentBytes, long ReservedBytes, long LoadingBytes);
