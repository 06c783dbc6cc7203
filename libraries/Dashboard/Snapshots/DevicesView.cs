namespace DaprMoE.Dashboard;

/// <summary>The devices and how evenly they were used within the last second.</summary>
/// <param name="Devices">The devices, by number.</param>
/// <param name="Variation">Coefficient of variation of the devices' rows, mean over layers; null when no layer ran.</param>
/// <param name="MaxOverMean">The busiest device's rows over the mean, mean over layers; null when no layer ran.</param>
public sealed record DevicesView(IReadOnlyList<DeviceView> Devices, double? Variation, double? MaxOverMean);

/// <summary>A device.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Backend">What computes there.</param>
/// <param name="Alive">Whether it can be called.</param>
/// <param name="BudgetBytes">Bytes that experts may take; null without a budget.</param>
/// <param name="ResidentBytes">Bytes of the replicas that it holds.</param>
/// <param name="LoadingBytes">Bytes that are being loaded.</param>
/// <param name="Rows">Rows that it computed within the last second.</param>
public sealed record DeviceView(
    string Name, string Backend, bool Alive, long? BudgetBytes, long ResidentBytes, long LoadingBytes, double Rows);
