using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Torch.Tests;

/// <summary>down( silu(gate x) * up x ) in doubles, straight from the checkpoint's tensors.</summary>
internal sealed class ReferenceExpert(StoredExpert expert)
{
    private readonly double[,] _gate = Values(expert.Gate);
    private readonly double[,] _up = Values(expert.Up);
    private readonly double[,] _down = Values(expert.Down);

    /// <summary>Results of rows, one after another.</summary>
    public float[] Forward(ReadOnlySpan<float> rows)
    {
        int hidden = _gate.GetLength(1);
        List<float> results = [];
        for (; !rows.IsEmpty; rows = rows[hidden..])
        {
            double[] x = [.. rows[..hidden].ToArray().Select(value => (double)value)];
            double[] gated = [.. Multiply(_gate, x).Zip(Multiply(_up, x), (gate, up) => gate / (1 + Math.Exp(-gate)) * up)];
            results.AddRange(Multiply(_down, gated).Select(value => (float)value));
        }

        return [.. results];
    }

    private static double[] Multiply(double[,] matrix, double[] x) =>
        [.. Enumerable.Range(0, matrix.GetLength(0)).Select(row => Enumerable.Range(0, x.Length).Sum(i => matrix[row, i] * x[i]))];

    private static double[,] Values(StoredMatrix matrix)
    {
        double[,] values = new double[matrix.Rows, matrix.Columns];
        byte[] bytes = matrix.Mapped.ToArray();
        int size = matrix.Type.Size();
        for (int i = 0; i < matrix.Elements; i++)
        {
            ReadOnlySpan<byte> stored = bytes.AsSpan(i * size, size);
            values[i / matrix.Columns, i % matrix.Columns] = matrix.Type switch
            {
                DType.F32 => BitConverter.ToSingle(stored),
                DType.F16 => (double)BitConverter.ToHalf(stored),
                _ => BitConverter.Int32BitsToSingle(BitConverter.ToUInt16(stored) << 16),
            };
        }

        return values;
    }
}
