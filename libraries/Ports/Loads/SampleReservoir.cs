namespace DaprMoE.Ports;

/// <summary>Keeps a few of many iterations, each with the same chance; any part of the kept ones is such a choice too.</summary>
internal sealed class SampleReservoir(int capacity, int length, Random random)
{
    private readonly int[][] _kept = [.. Enumerable.Range(0, capacity).Select(_ => new int[length])];
    private int _seen;

    /// <summary>Samples that are kept.</summary>
    public int Count => Math.Min(_seen, capacity);

    public void Offer(ReadOnlySpan<int> loads)
    {
        int place = _seen < capacity ? _seen : random.Next(_seen + 1);
        _seen++;
        if (place < capacity)
        {
            loads.CopyTo(_kept[place]);
        }
    }

    /// <summary>So many of the kept ones, each for its part of what was seen; begins anew.</summary>
    public IReadOnlyList<LoadSample> Take(int count)
    {
        List<LoadSample> samples = [];
        for (int i = 0; i < count; i++)
        {
            int stands = (_seen / count) + (i < _seen % count ? 1 : 0);
            samples.Add(new LoadSample(stands, [.. _kept[i]]));
        }

        _seen = 0;
        return samples;
    }
}
