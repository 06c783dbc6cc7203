using System.Runtime.InteropServices;
using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Predictors.Tests;

public sealed class GateCopyTests
{
    // The positions of the 17-token prompt whose residual stream the golden file has.
    private static readonly int[] Positions = [0, 8, 16];

    [Fact]
    public unsafe void Raw_OnTheLayersOwnGateInput_GivesTheGoldenRouterLogits()
    {
        using TemporaryFolder folder = new();
        using PackedModel model = PackedModel.Open(
            TestModels.TinyMoe, new PackOptions { Folder = folder.Path }, cancellationToken: TestContext.Current.CancellationToken);
        using SafetensorsFile golden = SafetensorsFile.Open(Path.Combine(TestModels.TinyMoe, "golden.safetensors"));
        using WorkerPool workers = new(1);
        for (int layer = 0; layer < model.Description.Layers.Count; layer++)
        {
            float[] inputs = Normed(model, layer, Floats(golden, $"hidden_mid.{layer}"));
            using ServingNetwork network = new(GateCopy.Raw(model, layer), Positions.Length);
            using MatMul matMul = new(workers, inputs.Length);
            float[] logits = new float[Positions.Length * network.Outputs];
            fixed (float* x = inputs, y = logits)
            {
                network.Forward(matMul, x, null, Positions.Length, y);
            }

            float[] expected = Floats(golden, $"router.{layer}.logits");
            for (int i = 0; i < logits.Length; i++)
            {
                int at = (Positions[i / network.Outputs] * network.Outputs) + (i % network.Outputs);
                Assert.Equal(expected[at], logits[i], 1e-3f);
            }
        }
    }

    [Fact]
    public void Folded_IntoItsOwnLayer_IsTheRawCopy()
    {
        using TemporaryFolder folder = new();
        using PackedModel model = TestModels.OpenSmall(folder);

        Assert.Equal(GateCopy.Raw(model, 1).Layers[0].Weights, GateCopy.Folded(model, 1, 1).Layers[0].Weights);
    }

    private static float[] Floats(SafetensorsFile file, string name) => MemoryMarshal.Cast<byte, float>(file.Data(name)).ToArray();

    private static unsafe float[] Normed(PackedModel model, int layer, float[] hidden)
    {
        int width = model.Description.HiddenSize;
        float[] normed = new float[hidden.Length];
        VectorView norm = model.Weights.Layers[layer].PostAttentionNorm;
        fixed (float* x = hidden, y = normed)
        {
            for (int row = 0; row < hidden.Length / width; row++)
            {
                VectorMath.Best.RmsNorm(x + (row * width), (float*)norm.Data, model.Description.NormEpsilon, y + (row * width), width);
            }
        }

        return normed;
    }
}
