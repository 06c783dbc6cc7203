using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>The measures of a forecast.</summary>
internal sealed class MeasuresVectors : IVectorFile
{
    public void Check(JsonElement input, VectorExpectation expected)
    {
        if (input.GetProperty("what").GetString() == "top_k_hit_rate")
        {
            expected.Real("value", HitRate.Of(input.Rows("predicted"), input.Rows("actual")));
            return;
        }

        double[] predicted = input.Reals("predicted");
        double[] actual = input.Reals("actual");
        expected.Real("load_accuracy", LoadAccuracy.Of(predicted, actual));
        expected.Real("pearson", Correlation.Of(predicted, actual));
        expected.Real("js_divergence", JensenShannon.Of(predicted, actual));
    }
}
