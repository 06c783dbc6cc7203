using System.Runtime.CompilerServices;

namespace DaprMoE.Tensors;

/// <inheritdoc/>
/// <remarks>
/// Positions that a row does not see have the weight 0 and add exactly nothing to its sums, but for the sign of a sum that is zero:
/// adding 0 to the finished result takes that away.
/// </remarks>
internal sealed unsafe class AttentionKernel<TSimd, TVector>(KvLayout layout, float scale) : AttentionKernel
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const int BlockTokens = KvLayout.BlockTokens;
    private const int Span = AttentionScratch.Span;
    private const int PanelWidth = PackedMatrix.PanelWidth;

    public override void Run(in AttentionTile tile, in AttentionRows rows, float* memory)
    {
        var scratch = new AttentionScratch(memory, layout);
        scratch.Reset(tile.Rows);
        PackQueries(tile, rows, scratch.Queries);
        for (var start = 0; start <= tile.LastPosition; start += Span)
        {
            var positions = Math.Min(Span, tile.LastPosition - start + 1);
            Score(tile, rows, scratch, start, positions);
            Weigh(tile, scratch, start, positions);
            AddValues(tile, rows, scratch, start, positions);
        }

        for (var row = 0; row < tile.Rows; row++)
        {
            Finish(scratch, row, rows.Output(tile.Row(row)) + (tile.Head(row) * layout.HeadSize));
        }
    }

    private void PackQueries(in AttentionTile tile, in AttentionRows rows, float* packed)
    {
        var row = 0;
        for (; row + 4 <= tile.Rows; row += 4)
        {
            ActivationPacker.PackFour(
                Query(tile, rows, row), Query(tile, rows, row + 1), Query(tile, rows, row + 2), Query(tile, rows, row + 3),
                layout.HeadSize, packed + row, tile.Rows);
        }

        for (; row < tile.Rows; row++)
        {
            ActivationPacker.PackOne(Query(tile, rows, row), layout.HeadSize, packed + row, tile.Rows);
        }
    }

    private float* Query(in AttentionTile tile, in AttentionRows rows, int row) =>
        rows.Query(tile.Row(row)) + (tile.Head(row) * layout.HeadSize);

    /// <summary>While it reads a block's keys, it requests the block's values.</summary>
    private void Score(in AttentionTile tile, in AttentionRows rows, in AttentionScratch scratch, int start, int positions)
    {
        for (var position = 0; position < positions; position += BlockTokens)
        {
            var keys = HeadOf(tile, rows, start + position);
            RowTiles<TSimd, TVector, F32Weights, PackedActivations>.Panel(
                tile.Rows, scratch.Queries, (byte*)keys, scratch.Scores + position, Span, layout.HeadSize,
                ahead: (byte*)(keys + layout.KeyFloats), aheadStep: PanelWidth * sizeof(float), resume: false);
        }
    }

    /// <summary>While it reads a block's values, it requests the keys one span further.</summary>
    private void AddValues(in AttentionTile tile, in AttentionRows rows, in AttentionScratch scratch, int start, int positions)
    {
        var panels = layout.ValuePanels;
        for (var position = 0; position < positions; position += BlockTokens)
        {
            var values = HeadOf(tile, rows, start + position) + layout.KeyFloats;
            var further = start + position + Span;
            var ahead = (byte*)(further <= tile.LastPosition ? HeadOf(tile, rows, further) : values);
            var inputs = Math.Min(BlockTokens, positions - position);
            for (var panel = 0; panel < panels; panel++)
            {
                RowTiles<TSimd, TVector, F32Weights, ScoreRows>.Panel(
                    tile.Rows, scratch.Scores + position, (byte*)(values + (panel * KvLayout.ValuePanelFloats)),
                    scratch.Accumulators + (panel * PanelWidth), scratch.AccumulatorStride, inputs,
                    ahead, aheadStep: PanelWidth * sizeof(float), resume: true);
                ahead += KvLayout.ValuePanelFloats * sizeof(float);
            }
        }
    }

    private float* HeadOf(in AttentionTile tile, in AttentionRows rows, int position)
    {
        nint block = tile.Sequence.Blocks[position / BlockTokens];
        return rows.LayerPool + (block * (nint)layout.BlockFloats) + (tile.KvHead * (nint)layout.HeadFloats);
    }

    /// <summary>
    /// Turns a span's scores into weights relative to each row's largest score so far. All maxima come first: their long chains
    /// of dependent instructions then overlap.
    /// </summary>
    private void Weigh(in AttentionTile tile, in AttentionScratch scratch, int start, int positions)
    {
        var length = (positions + BlockTokens - 1) / BlockTokens * BlockTokens;
        for (var row = 0; row < tile.Rows; row++)
        {
            scratch.SpanMaxima[row] = ScaleAndMask(scratch.Scores + (row * Span), tile.Position(row) - start + 1, length);
        }

        for (var row = 0; row < tile.Rows; row++)
        {
            var visible = tile.Position(row) - start + 1;
            if (visible > 0)
            {
                Raise(scratch, row, scratch.SpanMaxima[row]);
                Exponentiate(
                    scratch.Scores + (row * Span), visible, length, scratch.Maxima[row], scratch.Sums + (row * AttentionScratch.SumLanes));
            }
            else
            {
                new Span<float>(scratch.Scores + (row * Span), length).Clear();
            }
        }
    }

    /// <summary>Rescales what was summed relative to a smaller maximum.</summary>
    private static void Raise(in AttentionScratch scratch, int row, float most)
    {
        var before = scratch.Maxima[row];
        if (!(most > before))
        {
            return;
        }

        scratch.Maxima[row] = most;
        if (before > float.NegativeInfinity)
        {
            var correction = Elementary<SimdScalar, float>.Exp(before - most);
            Rescale(scratch.Sums + (row * AttentionScratch.SumLanes), AttentionScratch.SumLanes, correction);
            Rescale(scratch.Accumulators + (row * scratch.AccumulatorStride), scratch.AccumulatorStride, correction);
        }
    }

    /// <summary>The largest visible score; hidden ones become minus infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float ScaleAndMask(float* scores, int visible, int length)
    {
        var factor = TSimd.Broadcast(scale);
        var hidden = TSimd.Broadcast(float.NegativeInfinity);
        var most = hidden;
        for (var i = 0; i < length; i += TSimd.Lanes)
        {
            var scaled = TSimd.Multiply(TSimd.Load(scores + i), factor);
            scaled = i + TSimd.Lanes <= visible ? scaled : TSimd.KeepFirst(scaled, visible - i, hidden);
            TSimd.Store(scores + i, scaled);
            most = TSimd.Max(scaled, most);
        }

        return TSimd.MaxAcross(most);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rescale(float* x, int n, float factor)
    {
        var same = TSimd.Broadcast(factor);
        for (var i = 0; i < n; i += TSimd.Lanes)
        {
            TSimd.Store(x + i, TSimd.Multiply(TSimd.Load(x + i), same));
        }
    }

    /// <summary>Hidden scores are minus infinity, whose exponential is exactly 0. Sums go position by position in steps of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Exponentiate(float* scores, int visible, int length, float most, float* sums)
    {
        var shift = TSimd.Broadcast(most);
        for (var lane = 0; lane < AttentionScratch.SumLanes; lane += TSimd.Lanes)
        {
            var sum = TSimd.Load(sums + lane);
            for (var i = lane; i < length; i += AttentionScratch.SumLanes)
            {
                var weight = i < visible ? Elementary<TSimd, TVector>.Exp(TSimd.Subtract(TSimd.Load(scores + i), shift)) : TSimd.Zero;
                TSimd.Store(scores + i, weight);
                sum = TSimd.Add(sum, weight);
            }

            TSimd.Store(sums + lane, sum);
        }
    }

    private void Finish(in AttentionScratch scratch, int row, float* output)
    {
        var sum = LaneTree.Sum(scratch.Sums + (row * AttentionScratch.SumLanes));
        var divisor = TSimd.Broadcast(sum);
        var values = scratch.Accumulators + (row * scratch.AccumulatorStride);
        for (var i = 0; i < scratch.AccumulatorStride; i += TSimd.Lanes)
        {
            TSimd.Store(values + i, TSimd.Add(TSimd.Divide(TSimd.Load(values + i), divisor), TSimd.Zero));
        }

        Unsafe.CopyBlockUnaligned(output, values, (uint)layout.HeadSize * sizeof(float));
    }
}
