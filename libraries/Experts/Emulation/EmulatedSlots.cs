namespace DaprMoE.Experts;

/// <summary>Slots of real memory that stand for as many slots of emulated devices.</summary>
/// <param name="real">Bytes of a real expert by layer; 0 for a dense one.</param>
/// <param name="emulated">Bytes of an emulated expert, in whole pages.</param>
internal sealed class EmulatedSlots(Func<int, long> real, long emulated)
{
    private readonly long _emulated = (emulated + SlotSizes.PageBytes - 1) / SlotSizes.PageBytes * SlotSizes.PageBytes;

    /// <summary>Bytes of one expert of a layer as the emulated devices hold it; 0 for a dense layer.</summary>
    public long ExpertBytes(int layer) => real(layer) > 0 ? _emulated : 0;

    /// <summary>Bytes of real memory for the slots of an emulated budget.</summary>
    public long RealBudget(long budgetBytes, long realExpertBytes) => checked(budgetBytes / _emulated * realExpertBytes);
}
