using DaprMoE.Tensors;

namespace DaprMoE.Predictors.Tests;

public sealed class AdamTests
{
    [Fact]
    public unsafe void Step_TwoOfThem_AreThoseOfTheFormula()
    {
        using NativeBuffer parameters = new(32 * sizeof(float));
        using NativeBuffer gradients = new(32 * sizeof(float));
        using Adam adam = new(32);
        gradients.Floats[3] = 2;
        adam.Step(parameters.Floats, gradients.Floats, 0.1);
        Assert.Equal(-0.1f, parameters.Floats[3], 1e-6f);
        Assert.Equal(0, parameters.Floats[4]);

        // m = 0.9 · 0.2 + 0.1 · (−1) = 0.08, v = 0.999 · 0.004 + 0.001 · 1 = 0.004996; corrected by 0.19 and 0.001999.
        gradients.Floats[3] = -1;
        adam.Step(parameters.Floats, gradients.Floats, 0.1);
        double expected = -0.1 - (0.1 * (0.08 / 0.19) / Math.Sqrt(0.004996 / 0.001999));
        Assert.Equal(expected, parameters.Floats[3], 1e-5);
    }
}
