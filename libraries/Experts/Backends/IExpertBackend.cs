using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// What computes the experts of one device: loads weights into slots of its memory, runs rows through loaded replicas, frees them. The
/// device decides what is loaded where; it never loads a replica twice, nor into a slot that is in use.
/// </summary>
public interface IExpertBackend : IDisposable
{
    /// <summary>The backend's name: <c>cpu</c>, <c>torch</c>.</summary>
    string Name { get; }

    /// <summary>Bytes of expert weights that are loaded now. Read from any thread.</summary>
    long BytesHeld { get; }

    /// <summary>Bytes of one expert of a layer as this backend holds it, in whole pages; 0 for a dense layer.</summary>
    long ExpertBytes(int layer);

    /// <summary>
    /// Reads a replica's weights into a slot. Blocks while it reads; called from the device's loader thread, one load at a time, beside
    /// <see cref="Forward"/> of other replicas.
    /// </summary>
    /// <param name="replica">A replica that is not loaded.</param>
    /// <param name="slot">A slot that holds no replica; its size class is that of the layer's experts.</param>
    /// <param name="pace">Asked before each piece that is read; a backend that can't read in pieces asks once.</param>
    /// <returns>False when the pace ended it: the replica is not loaded and nothing writes to the slot any more.</returns>
    /// <exception cref="Exception">The weights can't be read; the replica is not loaded.</exception>
    bool Load(ReplicaId replica, MemorySlot slot, ILoadPace pace);

    /// <summary>Computes rows of several loaded replicas of one layer. One thread at a time.</summary>
    /// <exception cref="InvalidOperationException">A replica of the work is not loaded.</exception>
    void Forward(in ExpertWork work);

    /// <summary>A loaded replica's weights are no longer used; the slot keeps its memory. Does not block.</summary>
    void Free(ReplicaId replica);

    /// <summary>Gives the memory of a slot without a replica back to the system. Called from the device's loader thread.</summary>
    void Return(MemorySlot slot);
}
