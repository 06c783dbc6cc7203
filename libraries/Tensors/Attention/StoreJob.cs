namespace DaprMoE.Tensors;

/// <summary>Writes all rows' keys and values; each worker takes an equal share of every sequence's blocks.</summary>
internal readonly unsafe struct StoreJob(
    KvWriter writer, float* keys, nint keyStride, float* values, nint valueStride, float* layerPool,
    AttentionSequence* sequences, int count) : IWorkerJob
{
    public void Execute(int worker, int workers)
    {
        // Blocks are dealt out across sequences, since in decoding each sequence has a single row.
        var turn = 0;
        for (var i = 0; i < count; i++)
        {
            var end = sequences[i].FirstPosition + sequences[i].Rows;
            for (var position = sequences[i].FirstPosition; position < end;)
            {
                var next = Math.Min(end, (position / KvLayout.BlockTokens * KvLayout.BlockTokens) + KvLayout.BlockTokens);
                if (turn++ % workers == worker)
                {
                    Write(sequences[i], position, next - position);
                }

                position = next;
            }
        }
    }

    private void Write(in AttentionSequence sequence, int position, int rows)
    {
        nint row = sequence.FirstRow + position - sequence.FirstPosition;
        var block = layerPool + (sequence.Blocks[position / KvLayout.BlockTokens] * (nint)writer.Layout.BlockFloats);
        writer.Write(
            block, position % KvLayout.BlockTokens, rows, keys + (row * keyStride), keyStride, values + (row * valueStride), valueStride);
    }
}
