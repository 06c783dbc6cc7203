using DaprMoE.Tensors;

namespace DaprMoE.Experts;

/// <summary>
/// Makes the backends of a process's devices. What they share (threads, scratch memory) is the factory's, and it outlives them.
/// </summary>
public interface IExpertBackendFactory : IDisposable
{
    /// <summary>The backends' name: <c>cpu</c>, <c>torch</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Whether an unbudgeted backend's memory is the map of the packed file. If not, an unbudgeted device is an arena that has room for one
    /// copy of each expert.
    /// </summary>
    bool CanMap { get; }

    /// <summary>The format that the experts' weights are held in.</summary>
    DType WeightType { get; }

    /// <summary>Bytes of one expert of a layer as the backends hold it, in whole pages; 0 for a dense layer.</summary>
    long ExpertBytes(int layer);

    /// <summary>Makes a device's backend; the caller owns it.</summary>
    /// <param name="budgetBytes">
    /// Bytes of its slots; null for one over the map, which has every expert as copy 0, whose slots are numbered by the device and whose
    /// <see cref="IExpertBackend.Return"/> only drops pages: the replica stays loaded.
    /// </param>
    IExpertBackend Create(long? budgetBytes);
}
