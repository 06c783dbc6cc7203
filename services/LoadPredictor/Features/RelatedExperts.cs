using System.Numerics.Tensors;
using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor;

/// <summary>Which experts tell about which: those of the neighbouring layers whose loads move together with an expert's.</summary>
internal sealed class RelatedExperts
{
    private const int PerExpert = 2 * FeatureSet.Neighbours;

    private readonly ushort[] _related;

    private RelatedExperts(ushort[] related) => _related = related;

    /// <summary>Experts of the layer before, as positions in a window's values.</summary>
    public ReadOnlySpan<ushort> Before(int expert) => _related.AsSpan(expert * PerExpert, FeatureSet.Neighbours);

    /// <summary>Experts of the layer after.</summary>
    public ReadOnlySpan<ushort> After(int expert) => _related.AsSpan((expert * PerExpert) + FeatureSet.Neighbours, FeatureSet.Neighbours);

    /// <summary>Finds them in windows [from, to).</summary>
    public static RelatedExperts Find(LoadSeries series, int from, int to)
    {
        LayerShape shape = series.Shape;
        UnitChanges loads = UnitChanges.Of(series, from, to);
        ushort[] related = new ushort[shape.Count * PerExpert];
        for (int expert = 0; expert < shape.Count; expert++)
        {
            int layer = expert / shape.Experts;
            Span<ushort> own = related.AsSpan(expert * PerExpert, PerExpert);
            Rank(loads.Of(expert), loads, Layer(shape, Math.Max(0, layer - 1)), own[..FeatureSet.Neighbours]);
            Rank(loads.Of(expert), loads, Layer(shape, Math.Min(shape.Layers - 1, layer + 1)), own[FeatureSet.Neighbours..]);
        }

        return new RelatedExperts(related);
    }

    /// <summary>From <see cref="ToArray"/>.</summary>
    public static RelatedExperts Read(int[] related) => new([.. related.Select(expert => (ushort)expert)]);

    public int[] ToArray() => [.. _related.Select(expert => (int)expert)];

    private static Range Layer(LayerShape shape, int layer) => (layer * shape.Experts)..((layer + 1) * shape.Experts);

    private static void Rank(ReadOnlySpan<float> own, UnitChanges others, Range range, Span<ushort> best)
    {
        Span<float> scores = stackalloc float[best.Length];
        scores.Fill(float.NegativeInfinity);
        (int first, int count) = range.GetOffsetAndLength(ushort.MaxValue);
        best.Fill((ushort)first);
        for (int other = first; other < first + count; other++)
        {
            float score = TensorPrimitives.Dot(own, others.Of(other));
            int place = best.Length;
            for (; place > 0 && score > scores[place - 1]; place--)
            {
            }

            if (place < best.Length)
            {
                scores[place..^1].CopyTo(scores[(place + 1)..]);
                best[place..^1].CopyTo(best[(place + 1)..]);
                scores[place] = score;
                best[place] = (ushort)other;
            }
        }
    }
}
