using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Scheduling;

namespace DaprMoE.Torch;

/// <summary>Where the weights of a device's replicas are. One load at a time.</summary>
internal interface IExpertMemory : IDisposable
{
    /// <summary>Brings an expert's weights into a slot; null when the pace ended it.</summary>
    /// <exception cref="CheckpointException">They can't be read.</exception>
    LoadedExpert? Load(MemorySlot slot, StoredExpert stored, ExpertShape shape, ILoadPace pace);

    /// <summary>Gives the memory of a slot back to the system.</summary>
    void Return(MemorySlot slot);
}
