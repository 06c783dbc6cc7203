namespace DaprMoE.DirectTransport;

/// <summary>A device of an expert host, as the host announced it last.</summary>
/// <param name="Name">Its name, <c>{host}-{n}</c>.</param>
/// <param name="BudgetBytes">Bytes for experts; 0 without a budget.</param>
/// <param name="ResidentBytes">Bytes of the replicas that hold memory.</param>
/// <param name="ReservedBytes">Those and the bytes of free slots that keep their pages.</param>
/// <param name="ExpertBytes">Bytes of the largest expert.</param>
public sealed record DeviceFacts(string Name, long BudgetBytes, long ResidentBytes, long ReservedBytes, long ExpertBytes);
