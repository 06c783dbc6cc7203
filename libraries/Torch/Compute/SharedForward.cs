using DaprMoE.Experts;

namespace DaprMoE.Torch;

/// <summary>The one forward of a process's torch devices, with its workspaces: the devices take turns, each with all workers.</summary>
internal sealed class SharedForward(IGroupedForward forward) : IDisposable
{
    private readonly Lock _turn = new();

    /// <param name="work">The rows.</param>
    /// <param name="experts">The experts, in the order of the work's groups; more may follow.</param>
    public void Run(in ExpertWork work, LoadedExpert[] experts)
    {
        lock (_turn)
        {
            forward.Run(in work, experts);
        }
    }

    public void Dispose() => forward.Dispose();
}
