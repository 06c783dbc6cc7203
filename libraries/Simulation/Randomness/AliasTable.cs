namespace DaprMoE.Simulation;

/// <summary>Draws an index in proportion to fixed weights in constant time (Vose's alias method).</summary>
internal sealed class AliasTable
{
    private readonly ulong[] _keep;
    private readonly int[] _alias;

    public AliasTable(ReadOnlySpan<double> weights)
    {
        int count = weights.Length;
        _keep = new ulong[count];
        _alias = new int[count];
        double sum = 0;
        foreach (double weight in weights)
        {
            sum += weight;
        }

        double[] scaled = new double[count];
        Stack<int> small = new();
        Stack<int> large = new();
        for (int i = 0; i < count; i++)
        {
            scaled[i] = weights[i] * count / sum;
            (scaled[i] < 1 ? small : large).Push(i);
        }

        Pair(scaled, small, large);
    }

    public int Draw(Xoshiro256 random)
    {
        int index = (int)Math.BigMul(random.Next(), (ulong)_keep.Length, out ulong fraction);
        return fraction <= _keep[index] ? index : _alias[index];
    }

    private void Pair(double[] scaled, Stack<int> small, Stack<int> large)
    {
        while (small.Count > 0 && large.Count > 0)
        {
            int low = small.Pop();
            int high = large.Pop();
            _keep[low] = (ulong)(scaled[low] * ulong.MaxValue);
            _alias[low] = high;
            scaled[high] -= 1 - scaled[low];
            (scaled[high] < 1 ? small : large).Push(high);
        }

        foreach (int rest in small.Concat(large))
        {
            _keep[rest] = ulong.MaxValue;
            _alias[rest] = rest;
        }
    }
}
