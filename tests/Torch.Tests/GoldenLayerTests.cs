using DaprMoE.Experts;
using DaprMoE.Tensors;

namespace DaprMoE.Torch.Tests;

/// <summary>The fixtures' layers and tokens, with the experts on torch in f32.</summary>
public sealed class GoldenLayerTests : TorchTests
{
    private const long BudgetBytes = 400_000;

    public static TheoryData<string, string, bool> Cases
    {
        get
        {
            TheoryData<string, string, bool> cases = [];
            foreach (string model in TestModels.Golden)
            {
                foreach (TheoryDataRow<string> device in Devices)
                {
                    cases.Add(model, device.Data, true);
                    cases.Add(model, device.Data, false);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Prefill_GoldenPrompt_GivesTheGoldenLayers(string model, string device, bool budgeted)
    {
        using GoldenValues golden = new(TestModels.Folder(model));
        LayerRecorder seen = new();
        using TestEngine engine = Engine(model, device, budgeted, seen);
        engine.Prefill(golden.Prompt("p17"));
        Assert.NotEmpty(golden.MoeLayers);
        foreach (int layer in golden.MoeLayers)
        {
            Assert.Equal(golden.Ids($"router.{layer}.experts"), seen.Experts[layer]);
            float[] expected = golden.Floats($"hidden.{layer}");
            Close.Assert(expected, Picked(seen.Hidden[layer], expected.Length / GoldenValues.Positions.Length), golden.Tolerance("hidden"));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decode_GoldenPrompt_GivesTheGoldenTokens(string model, string device, bool budgeted)
    {
        using GoldenValues golden = new(TestModels.Folder(model));
        using TestEngine engine = Engine(model, device, budgeted, observer: null);
        int[] expected = golden.GreedyTokens;
        Assert.Equal(expected, engine.Greedy(golden.Prompt("p17"), expected.Length));
    }

    /// <summary>With a budget a device holds some of the experts only, so that its slots are filled again and again.</summary>
    private static TestEngine Engine(string model, string device, bool budgeted, LayerRecorder? observer) => TestEngine.Torch(
        TestModels.Folder(model),
        new ExpertHostOptions { DeviceMemoryBytes = budgeted ? BudgetBytes : null },
        new TorchBackendOptions { Device = TorchDevice.TryParse(device)!.Value, Compute = DType.F32 },
        observer);

    private static float[] Picked(float[] hidden, int width) =>
        [.. GoldenValues.Positions.SelectMany(position => hidden[(position * width)..((position + 1) * width)])];
}
