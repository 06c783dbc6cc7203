namespace DaprMoE.Tensors.Tests;

public unsafe class CombineTests
{
    [Fact]
    public void Combine_1To9Terms_AreAddedByTheTreeOfNeighbours()
    {
        const int n = 37;
        const int stride = 40;
        var rows = Samples.Floats(12 * stride, seed: 1);
        var weights = Samples.Floats(9, seed: 2);
        int[] index = [11, 0, 7, 3, 3, 9, 1, 4, 10];
        foreach (var width in Enum.GetValues<VectorWidth>())
        {
            for (var k = 0; k <= 9; k++)
            {
                var output = new float[n];
                Array.Fill(output, float.NaN);
                fixed (float* r = rows, w = weights, o = output)
                fixed (int* i = index)
                {
                    VectorMath.For(width).Combine(r, stride, i, w, k, o, n);
                }

                var expected = Enumerable.Range(0, n)
                    .Select(column => Tree([.. Enumerable.Range(0, k).Select(t => weights[t] * rows[(index[t] * stride) + column])]));
                BitAssert.Equal(expected.ToArray(), output, $"{k} terms, {width}");
            }
        }
    }

    private static float Tree(float[] terms) => terms.Length switch
    {
        0 => 0,
        1 => terms[0],
        _ => Tree([.. terms.Chunk(2).Select(pair => pair.Length == 2 ? pair[0] + pair[1] : pair[0])]),
    };
}
