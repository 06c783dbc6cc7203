using System.Runtime.InteropServices;
using DaprMoE.Models;

namespace DaprMoE.Experts.Tests;

/// <summary>down( silu(gate x) * up x ) in doubles, straight from the checkpoint's tensors.</summary>
internal sealed class ReferenceExpert : IDisposable
{
    private readonly SafetensorsFile _file = SafetensorsFile.Open(Path.Combine(BundledModel.Folder, "model.safetensors"));

    public void Dispose() => _file.Dispose();

    public double[] Forward(int layer, int expert, float[] input)
    {
        double[] x = [.. input.Select(value => (double)value)];
        double[] gate = Multiply(Matrix(layer, expert, "gate_proj"), x, BundledModel.Ffn);
        double[] up = Multiply(Matrix(layer, expert, "up_proj"), x, BundledModel.Ffn);
        double[] gated = [.. gate.Zip(up, (g, u) => g / (1 + Math.Exp(-g)) * u)];
        return Multiply(Matrix(layer, expert, "down_proj"), gated, BundledModel.Hidden);
    }

    private static double[] Multiply(double[] matrix, double[] x, int outputs)
    {
        double[] y = new double[outputs];
        for (int row = 0; row < outputs; row++)
        {
            for (int i = 0; i < x.Length; i++)
            {
                y[row] += matrix[(row * x.Length) + i] * x[i];
            }
        }

        return y;
    }

    private double[] Matrix(int layer, int expert, string name)
    {
        ReadOnlySpan<ushort> stored = MemoryMarshal.Cast<byte, ushort>(
            _file.Data($"model.layers.{layer}.mlp.experts.{expert}.{name}.weight"));
        double[] values = new double[stored.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BitConverter.Int32BitsToSingle(stored[i] << 16);
        }

        return values;
    }
}
