namespace DaprMoE.Autoscaler;

/// <summary>Divides the devices' slots over the layers, so that plans of single layers fit together.</summary>
internal static class LayerSlots
{
    /// <summary>
    /// Every layer gets an equal part of each device; what is left over goes to the layers that have least so far. So no layer lacks room
    /// for one of each expert while the box has it for all.
    /// </summary>
    /// <returns>Slots of each layer and device.</returns>
    public static int[][] Divide(IReadOnlyList<PlanningDevice> devices, int layers)
    {
        int[][] slots = [.. Enumerable.Range(0, layers).Select(_ => new int[devices.Count])];
        long[] totals = new long[layers];
        // What is left over is not known until all equal parts are given.
        for (int device = 0; device < devices.Count; device++)
        {
            for (int layer = 0; layer < layers; layer++)
            {
                slots[layer][device] = devices[device].Slots / layers;
                totals[layer] += slots[layer][device];
            }
        }

        for (int device = 0; device < devices.Count; device++)
        {
            foreach (int layer in Enumerable.Range(0, layers).OrderBy(layer => totals[layer]).Take(devices[device].Slots % layers))
            {
                slots[layer][device]++;
                totals[layer]++;
            }
        }

        return slots;
    }
}
