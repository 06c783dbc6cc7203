using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>Algorithm 1, corrected and as printed.</summary>
internal sealed class ScalingVectors : IVectorFile
{
    public void Check(JsonElement input, VectorExpectation expected)
    {
        double[] loads = input.Reals("loads");
        ScalingLimits limits = new(
            input.GetProperty("expert_bytes").GetInt64(),
            input.GetProperty("cap_bytes").GetInt64(),
            input.GetProperty("threshold").GetDouble(),
            input.GetProperty("min_tokens").GetDouble(),
            input.Optional("max_per_expert")?.GetInt32());
        int[] replicas = new int[loads.Length];
        ScalingResult result = new ReplicaScaler().Scale(loads, limits, replicas);
        expected.Exact("replicas", replicas);
        expected.Exact("extra", result.Extra);
        expected.Exact("max_extra", result.MaxExtra);
        expected.Exact("reason", JsonNamingPolicy.KebabCaseLower.ConvertName(result.Reason.ToString()));
        expected.Real("cv_before", result.CvBefore);
        expected.Real("cv_after", result.CvAfter);
        expected.Real("max_before", result.MaxBefore);
        expected.Real("max_after", result.MaxAfter);
        CheckLiteral(loads, limits, expected);
    }

    private static void CheckLiteral(double[] loads, in ScalingLimits limits, VectorExpectation expected)
    {
        if (expected.Json.Optional("literal") is null)
        {
            return;
        }

        int[] replicas = new int[loads.Length];
        int extra = LiteralReplicaScaler.Scale(loads, limits, replicas);
        expected.Exact("literal", new { replicas, extra });
    }
}
