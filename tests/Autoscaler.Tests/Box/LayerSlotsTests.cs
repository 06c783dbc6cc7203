using CsCheck;

namespace DaprMoE.Autoscaler.Tests;

public sealed class LayerSlotsTests
{
    [Fact]
    public void Divide_AnyDevices_GivesAllSlotsAndLayersAlike() =>
        Gen.Select(Gen.Int[0, 200].Array[1, 8], Gen.Int[1, 12]).Sample((slots, layers) =>
        {
            int[][] divided = LayerSlots.Divide([.. slots.Select((count, d) => new PlanningDevice($"d{d}", count))], layers);
            for (int device = 0; device < slots.Length; device++)
            {
                Assert.Equal(slots[device], divided.Sum(layer => layer[device]));
            }

            int[] totals = [.. divided.Select(layer => layer.Sum())];
            Assert.True(totals.Max() - totals.Min() <= 1, string.Join(' ', totals));
        });
}
