using DaprMoE.Experts;

namespace DaprMoE.Torch;

/// <summary>down( silu(gate x) * up x ) of the rows of several experts. One thread calls at a time.</summary>
internal interface IGroupedForward : IDisposable
{
    /// <param name="work">The rows.</param>
    /// <param name="experts">The experts, in the order of the work's groups; more may follow.</param>
    void Run(in ExpertWork work, LoadedExpert[] experts);
}
