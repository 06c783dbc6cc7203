using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Experts;

/// <summary>
/// Makes backends whose experts are real but count the bytes of another model's: a budget is one of emulated memory, and the real memory
/// behind it has as many slots.
/// </summary>
public sealed class EmulatedBackends : IExpertBackendFactory
{
    private readonly IExpertBackendFactory _backends;
    private readonly EmulatedSlots _slots;
    private readonly long _realBytes;

    /// <param name="model">The model that is computed.</param>
    /// <param name="backends">Makes the backends that compute; taken over.</param>
    /// <param name="expertBytes">Bytes of an emulated expert.</param>
    /// <exception cref="ArgumentException">The model's layers have experts of several sizes, which no slots of one size can stand for.</exception>
    public EmulatedBackends(ModelDescription model, IExpertBackendFactory backends, long expertBytes)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(backends);
        ArgumentOutOfRangeException.ThrowIfLessThan(expertBytes, 1);
        long[] sizes = SlotSizes.Of(model.Layers.Count, backends.ExpertBytes);
        if (sizes.Length != 1)
        {
            throw new ArgumentException(
                $"The model's experts have {sizes.Length} sizes; emulated devices want one. Serve it without a device profile.", nameof(model));
        }

        (_backends, _realBytes, _slots) = (backends, sizes[0], new EmulatedSlots(backends.ExpertBytes, expertBytes));
    }

    /// <inheritdoc/>
    public string Name => _backends.Name;

    /// <summary>Emulated devices have a budget, always.</summary>
    public bool CanMap => false;

    /// <inheritdoc/>
    public DType WeightType => _backends.WeightType;

    /// <inheritdoc/>
    public long ExpertBytes(int layer) => _slots.ExpertBytes(layer);

    /// <summary>Bytes of real memory that an emulated budget takes when it is full.</summary>
    public long RealBytes(long budgetBytes) => _slots.RealBudget(budgetBytes, _realBytes);

    /// <inheritdoc/>
    public IExpertBackend Create(long? budgetBytes)
    {
        long budget = budgetBytes ?? throw new ArgumentNullException(nameof(budgetBytes), "An emulated device has a budget.");
        return new EmulatedBackend(_backends.Create(RealBytes(budget)), _slots);
    }

    /// <inheritdoc/>
    public void Dispose() => _backends.Dispose();
}
