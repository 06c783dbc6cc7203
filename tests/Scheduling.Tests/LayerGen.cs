using CsCheck;

namespace DaprMoE.Scheduling.Tests;

/// <summary>Random layers: loads, devices, and replicas anywhere.</summary>
internal static class LayerGen
{
    public static readonly Gen<(int[] Loads, LayerPlan Plan)> SplitCases =
        from experts in Gen.Int[1, 10]
        from devices in Gen.Int[1, 6]
        from most in Gen.OneOf(1, 8, 300, 5000)
        from loads in Gen.Int[0, most].Array[experts]
        from replicas in Gen.Int[0, devices - 1].Array[1, 4].Array[experts]
        select (loads, Plan(replicas, devices));

    public static readonly Gen<double[]> Loads =
        from experts in Gen.Int[1, 24]
        from most in Gen.OneOf(1, 10, 1000)
        from loads in Gen.Int[0, most].Array[experts]
        select Array.ConvertAll(loads, load => load / 2.0);

    public static LayerPlan Plan(int[][] devicesOf, int devices)
    {
        LayerPlan plan = new(devicesOf.Length, devices);
        plan.Reset(devicesOf.Length, devices);
        for (int e = 0; e < devicesOf.Length; e++)
        {
            for (int i = 0; i < devicesOf[e].Length; i++)
            {
                plan.Add(e, i, devicesOf[e][i]);
            }
        }

        plan.Seal();
        return plan;
    }
}
