using DaprMoE.Models;
using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// One device of an expert host. This is the mapped kind, without a budget: every expert is resident from the start, since the
/// map of the packed file is the memory and the kernel brings pages in when they are read.
/// </summary>
public sealed class ExpertDevice : IDisposable
{
    private readonly IExpertBackend _backend;

    /// <param name="backend">Computes the experts; the device owns it.</param>
    /// <param name="model">The model whose experts are loaded.</param>
    public ExpertDevice(IExpertBackend backend, ModelDescription model)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(model);
        _backend = backend;
        for (int layer = 0; layer < model.Layers.Count; layer++)
        {
            int experts = model.Layers[layer] is MoeFeedForward moe ? moe.Experts : 0;
            for (int expert = 0; expert < experts; expert++)
            {
                backend.Load(new ExpertId(layer, expert));
            }
        }
    }

    /// <summary>Bytes of expert weights that are resident.</summary>
    public long ResidentBytes => _backend.BytesHeld;

    /// <summary>Computes rows of several experts of one layer.</summary>
    public void Forward(in ExpertWork work) => _backend.Forward(in work);

    /// <inheritdoc/>
    public void Dispose() => _backend.Dispose();
}
