namespace DaprMoE.Predictors;

/// <summary>
/// Records gate inputs and chosen experts of a bounded number of prompts while a model runs. The engine's thread calls
/// <see cref="BeginIteration"/>, <see cref="AddRun"/> for each run, then <see cref="GateInputs"/> and <see cref="Choices"/> for each MoE
/// layer; none of them allocates. <see cref="Take"/> may be called from another thread meanwhile and holds the engine up for one prompt
/// at a time.
/// </summary>
public sealed class PromptRecorder : IDisposable
{
    private readonly Lock _lock = new();
    private readonly MoeShape _shape;
    private readonly RowLayout _layout;
    private readonly RowMemory _memory;
    private readonly PromptSample _sample;
    private readonly int[] _rowOf;
    private readonly RecordedEntry[] _open;
    private int _openCount;
    private int _rows;

    /// <summary>Reserves the memory; it is committed as it is used.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="limits">What is kept at most.</param>
    /// <param name="seed">Seed of the sample.</param>
    /// <exception cref="PredictorException">The limits leave no room for a token.</exception>
    public PromptRecorder(MoeShape shape, RecordingLimits limits, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxPrompts, 2, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxTokensPerPrompt, 1, nameof(limits));
        _shape = shape;
        _layout = new RowLayout(shape);
        long rows = Math.Min(limits.MaxBytes / _layout.Bytes, (long)limits.MaxPrompts * limits.MaxTokensPerPrompt);
        if (rows < 1)
        {
            throw new PredictorException(
                $"A recording of at most {limits.MaxBytes} bytes holds no token of this model, which takes {_layout.Bytes}; "
                + "allow more bytes.");
        }

        _memory = new RowMemory((int)Math.Min(rows, int.MaxValue), _layout.Bytes);
        _sample = new PromptSample(limits, seed);
        _rowOf = new int[limits.MaxRows];
        _open = new RecordedEntry[limits.MaxRows];
    }

    /// <summary>Bytes that one token takes.</summary>
    public int BytesPerToken => _layout.Bytes;

    /// <summary>Tokens that were not kept because their prompt was at its limit or no longer among those kept.</summary>
    public long DroppedTokens { get; private set; }

    /// <summary>An iteration begins.</summary>
    /// <param name="rows">Its rows.</param>
    public void BeginIteration(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, _rowOf.Length);
        lock (_lock)
        {
            // An iteration that failed leaves rows behind that are not whole.
            foreach (RecordedEntry entry in _open.AsSpan(0, _openCount))
            {
                if (entry.Taken > entry.Count)
                {
                    _memory.Return(entry.Rows[entry.Count..]);
                    entry.Truncate();
                }
            }

            _openCount = 0;
            _rows = rows;
            _rowOf.AsSpan(0, rows).Fill(-1);
        }
    }

    /// <summary>Names the rows of one sequence in the iteration.</summary>
    /// <param name="sequence">Its number, never used for another sequence.</param>
    /// <param name="firstRow">Its first row.</param>
    /// <param name="firstPosition">Position of the first row's token. What is computed again was kept already.</param>
    /// <param name="tokens">Its token ids in this iteration.</param>
    /// <param name="promptTokens">How many of them are the prompt's.</param>
    public void AddRun(int sequence, int firstRow, int firstPosition, ReadOnlySpan<int> tokens, int promptTokens)
    {
        lock (_lock)
        {
            RecordedEntry? entry = _sample.Find(sequence);
            if (entry is null && firstPosition == 0)
            {
                entry = _sample.Begin(sequence, _memory);
            }

            if (entry is null || firstPosition > entry.Taken)
            {
                DroppedTokens += tokens.Length;
                return;
            }

            _open[_openCount++] = entry;
            for (int i = entry.Taken - firstPosition; i < tokens.Length; i++)
            {
                if (!TryTake(entry, firstRow + i, tokens[i]))
                {
                    DroppedTokens += tokens.Length - i;
                    break;
                }

                entry.PromptTokens += i < promptTokens ? 1 : 0;
            }
        }
    }

    /// <summary>The gate inputs of a MoE layer, [t, H].</summary>
    public void GateInputs(int layer, ReadOnlySpan<float> gateInputs)
    {
        int index = _shape.IndexOf(layer);
        int hidden = _shape.HiddenSize;
        lock (_lock)
        {
            for (int row = 0; row < _rows; row++)
            {
                if (_rowOf[row] >= 0)
                {
                    BrainFloat.Round(gateInputs.Slice(row * hidden, hidden), _layout.GateInput(_memory.Row(_rowOf[row]), index));
                }
            }
        }
    }

    /// <summary>The chosen experts of a MoE layer, [t, k]. Those of the last layer complete the iteration.</summary>
    public void Choices(int layer, ReadOnlySpan<int> experts)
    {
        int index = _shape.IndexOf(layer);
        int topK = _shape.Layers[index].TopK;
        lock (_lock)
        {
            for (int row = 0; row < _rows; row++)
            {
                if (_rowOf[row] >= 0)
                {
                    Copy(experts.Slice(row * topK, topK), _layout.Choices(_memory.Row(_rowOf[row]), index, topK));
                }
            }

            if (index == _shape.Layers.Count - 1)
            {
                Commit();
            }
        }
    }

    /// <summary>Copies what is kept now: whole rows only, prompts in order of arrival.</summary>
    public Recording Take()
    {
        List<RecordedPrompt> prompts = [];
        int rows = 0;
        lock (_lock)
        {
            foreach (RecordedEntry entry in _sample.Entries.Where(entry => entry.Count > 0))
            {
                prompts.Add(new RecordedPrompt(entry.Sequence, "", rows, entry.Count, Math.Min(entry.PromptTokens, entry.Count)));
                rows += entry.Count;
            }
        }

        RecordedRows copy = RecordedRows.For(_shape, rows);
        prompts.RemoveAll(prompt => !TryCopy(prompt, copy));
        return Recording.Of(_shape, prompts, copy);
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private bool TryTake(RecordedEntry entry, int row, int token)
    {
        if (entry.IsFull)
        {
            return false;
        }

        while (_memory.FreeRows == 0)
        {
            if (!_sample.TryMakeRoom(entry, _memory))
            {
                return false;
            }
        }

        int kept = _memory.Lend();
        entry.Take(kept);
        _rowOf[row] = kept;
        RowLayout.SetToken(_memory.Row(kept), token);
        return true;
    }

    private void Commit()
    {
        foreach (RecordedEntry entry in _open.AsSpan(0, _openCount))
        {
            entry.Commit();
        }
    }

    /// <summary>False when the prompt had to go since it was listed.</summary>
    private bool TryCopy(RecordedPrompt prompt, RecordedRows copy)
    {
        lock (_lock)
        {
            if (_sample.Find(prompt.Sequence) is not { } entry || entry.Count < prompt.Tokens)
            {
                return false;
            }

            for (int i = 0; i < prompt.Tokens; i++)
            {
                CopyRow(_memory.Row(entry.Rows[i]), copy, prompt.FirstRow + i);
            }

            return true;
        }
    }

    private void CopyRow(Span<byte> row, RecordedRows copy, int to)
    {
        copy.TokenIds[to] = RowLayout.Token(row);
        for (int index = 0; index < _shape.Layers.Count; index++)
        {
            int topK = _shape.Layers[index].TopK;
            _layout.GateInput(row, index).CopyTo(copy.GateInputs[index].AsSpan(to * _shape.HiddenSize));
            _layout.Choices(row, index, topK).CopyTo(copy.Choices[index].AsSpan(to * topK));
        }
    }

    private static void Copy(ReadOnlySpan<int> experts, Span<ushort> destination)
    {
        for (int slot = 0; slot < experts.Length; slot++)
        {
            destination[slot] = (ushort)experts[slot];
        }
    }
}
