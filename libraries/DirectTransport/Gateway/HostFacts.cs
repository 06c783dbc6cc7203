using DaprMoE.DirectTransport.Control;

namespace DaprMoE.DirectTransport;

/// <summary>What a host announced of itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Model">Fingerprint of its model.</param>
/// <param name="FrameVersion">Version of its frames.</param>
/// <param name="Incarnation">Its life.</param>
/// <param name="Backend">Backend of its devices.</param>
/// <param name="DType">Type of its experts' weights.</param>
/// <param name="MaxTokens">Most rows of one call.</param>
/// <param name="Devices">Its devices.</param>
/// <param name="IsDraining">Whether it takes no new calls.</param>
internal sealed record HostFacts(
    string Name,
    string Model,
    int FrameVersion,
    ulong Incarnation,
    string Backend,
    string DType,
    int MaxTokens,
    IReadOnlyList<DeviceFacts> Devices,
    bool IsDraining)
{
    public static HostFacts Of(Announcement said) => new(
        said.Host,
        said.Model,
        (int)said.FrameVersion,
        said.Incarnation,
        said.Backend,
        said.Dtype,
        said.MaxTokens,
        [.. said.Devices.Select(Of)],
        said.Draining);

    private static DeviceFacts Of(Device said) =>
        new(said.Name, said.BudgetBytes, said.ResidentBytes, said.ReservedBytes, said.ExpertBytes);
}
