
namespace DaprMoE.Inference;

/// <summary>
/// Continuous batching: says which rows the next iteration computes. Decode tokens come first, then prefill chunks by arrival
/// within the token budget. When KV blocks are short, the latest arrival is put back into the queue and computed again later.
/// Owned by the engine's thread.
/// </summary>
internal sealed class Batcher(KvPool kv, ForwardBatch batch, int maxRunning)
{
    private readonly List<Sequence> _running = new(maxRunning);
    private readonly LinkedList<Sequence> _waiting = new();

    public IReadOnlyList<Sequence> Running => _running;

    public int Waiting => _waiting.Count;

    public long Preemptions { get; private set; }

    /// <summary>Takes a sequence into the queue.</summary>
    public void Enqueue(Sequence sequence) => _waiting.AddLast(sequence);

    /// <summary>Ends what was cancelled, wherever it is.</summary>
    public void DropCancelled()
    {
        for (int i = _running.Count - 1; i >= 0; i--)
        {
            if (_running[i].IsCancelled)
            {
                _running[i].Finish(FinishReason.Cancelled);
                RemoveAt(i);
            }
        }

        for (LinkedListNode<Sequence>? node = _waiting.First; node is not null;)
        {
            LinkedListNode<Sequence>? next = node.Next;
            if (node.Value.IsCancelled)
            {
                node.Value.Finish(FinishReason.Cancelled);
                node.Value.Dispose();
                _waiting.Remove(node);
            }

            node = next;
        }
    }

    /// <summary>Removes what finished.</summary>
    public void DropFinished()
    {
        for (int i = _running.Count - 1; i >= 0; i--)
        {
            if (_running[i].IsFinished)
            {
                RemoveAt(i);
            }
        }
    }

    /// <summary>Ends the sequences that were in the iteration and have not ended in it already.</summary>
    public void FailPlanned(Exception error)
    {
        foreach (Sequence sequence in _running)
        {
            if (sequence.PlannedRows > 0 && !sequence.IsFinished)
            {
                sequence.Finish(FinishReason.Error, error);
            }
        }

        DropFinished();
    }

    /// <summary>Ends everything, running and waiting, with an error.</summary>
    public void FailAll(Exception error)
    {
        foreach (Sequence sequence in _running)
        {
            if (!sequence.IsFinished)
            {
                sequence.Finish(FinishReason.Error, error);
            }
        }

        DropFinished();
        foreach (Sequence sequence in _waiting)
        {
            sequence.Finish(FinishReason.Error, error);
            sequence.Dispose();
        }

        _waiting.Clear();
    }

    /// <summary>Ends everything, running and waiting.</summary>
    public void CancelAll()
    {
        foreach (Sequence sequence in _running)
        {
            sequence.Cancel();
        }

        foreach (Sequence sequence in _waiting)
        {
            sequence.Cancel();
        }

        DropCancelled();
    }

    /// <summary>Fills the batch for the next iteration; false when there is nothing to compute.</summary>
    public bool Plan()
    {
        batch.Clear();
        Admit();
        foreach (Sequence sequence in _running)
        {
            sequence.Plan(rows: 0, logitIndex: -1);
        }

        AddRows(decoding: true);
        AddRows(decoding: false);
        return batch.Rows > 0;
    }

    /// <summary>Takes waiting sequences, by arrival, while there is a slot and the first one's tokens fit the free blocks.</summary>
    private void Admit()
    {
        while (_running.Count < maxRunning
            && _waiting.First is { } first
            && kv.FreeBlocks >= KvPool.BlocksFor(first.Value.Length))
        {
            _waiting.RemoveFirst();
            int place = _running.Count;
            while (place > 0 && _running[place - 1].Number > first.Value.Number)
            {
                place--;
            }

            // One that was put back takes its place by arrival again, ahead of those that came later.
            _running.Insert(place, first.Value);
        }
    }

    private void AddRows(bool decoding)
    {
        // By index: a sequence that is put back leaves the list, always behind the one that needs its blocks.
        for (int i = 0; i < _running.Count && batch.FreeRows > 0; i++)
        {
            Sequence sequence = _running[i];
            if (sequence.PlannedRows > 0 || sequence.Pending == 1 != decoding)
            {
                continue;
            }

            int rows = Math.Min(sequence.Pending, batch.FreeRows);
            if (Reserve(sequence, i, sequence.Computed + rows))
            {
                AddRows(sequence, rows);
            }
        }
    }

    private unsafe void AddRows(Sequence sequence, int rows)
    {
        bool last = rows == sequence.Pending;
        int promptRows = Math.Clamp(sequence.Request.Prompt.Count - sequence.Computed, 0, rows);
        sequence.Plan(rows, last ? batch.LogitCount : -1);
        batch.Add(
            sequence.Tokens.AsSpan(sequence.Computed, rows), sequence.Computed, sequence.Blocks.Blocks,
            last ? LogitSelection.Last : LogitSelection.None, sequence.Number, promptRows, sequence.Request.RequestId);
    }

    /// <summary>Gets blocks for a sequence, putting back later arrivals that are not in this iteration.</summary>
    private bool Reserve(Sequence sequence, int index, int positions)
    {
        while (!sequence.Blocks.TryGrow(positions))
        {
            int latest = _running.Count - 1;
            while (latest > index && (_running[latest].PlannedRows > 0 || _running[latest].Blocks.Count == 0))
            {
                latest--;
            }

            if (latest <= index)
            {
                return false;
            }

            PutBack(latest);
        }

        return true;
    }

    private void PutBack(int index)
    {
        Sequence sequence = _running[index];
        sequence.Restart();
        _running.RemoveAt(index);
        LinkedListNode<Sequence>? later = _waiting.First;
        while (later is not null && later.Value.Number < sequence.Number)
        {
            later = later.Next;
        }

        if (later is null)
        {
            _waiting.AddLast(sequence);
        }
        else
        {
            _waiting.AddBefore(later, sequence);
        }

        Preemptions++;
    }

    private void RemoveAt(int index)
    {
        _running[index].Dispose();
        _running.RemoveAt(index);
    }
}
