namespace DaprMoE.Predictors;

/// <summary>
/// Which prompts are kept: the newest half of the places in order of arrival, and in the other half an even sample of those that were pushed
/// out (algorithm R). So a new topic is there after a few prompts, and old ones are not forgotten.
/// </summary>
internal sealed class PromptSample
{
    private readonly Dictionary<int, RecordedEntry> _bySequence;
    private readonly Queue<RecordedEntry> _newest;
    private readonly List<RecordedEntry> _sample;
    private readonly Stack<RecordedEntry> _spare = new();
    private readonly int _mostNewest;
    private readonly int _mostSampled;
    private readonly Random _random;
    private long _pushedOut;

    public PromptSample(RecordingLimits limits, int seed)
    {
        _mostSampled = limits.MaxPrompts / 2;
        _mostNewest = limits.MaxPrompts - _mostSampled;
        _bySequence = new Dictionary<int, RecordedEntry>(limits.MaxPrompts + 1);
        _newest = new Queue<RecordedEntry>(_mostNewest + 1);
        _sample = new List<RecordedEntry>(_mostSampled);
        _random = new Random(seed);
        for (int i = 0; i <= limits.MaxPrompts; i++)
        {
            _spare.Push(new RecordedEntry(limits.MaxTokensPerPrompt));
        }
    }

    /// <summary>All that are kept, oldest first.</summary>
    public IEnumerable<RecordedEntry> Entries => _sample.Concat(_newest);

    public RecordedEntry? Find(int sequence) => _bySequence.GetValueOrDefault(sequence);

    /// <summary>Begins a prompt; one that has to go for it gives its rows back.</summary>
    public RecordedEntry Begin(int sequence, RowMemory memory)
    {
        RecordedEntry entry = _spare.Pop();
        entry.Clear(sequence);
        _bySequence.Add(sequence, entry);
        _newest.Enqueue(entry);
        if (_newest.Count > _mostNewest)
        {
            Sample(_newest.Dequeue(), memory);
        }

        return entry;
    }

    /// <summary>Gives up one prompt for its rows: a random one of the sample, or else the oldest but <paramref name="keep"/>.</summary>
    /// <returns>False when there is none to give up.</returns>
    public bool TryMakeRoom(RecordedEntry keep, RowMemory memory)
    {
        int victim = _sample.Count > 0 ? _random.Next(_sample.Count) : -1;
        if (victim >= 0 && _sample[victim] == keep)
        {
            victim = _sample.Count > 1 ? (victim + 1) % _sample.Count : -1;
        }

        if (victim >= 0)
        {
            Drop(_sample[victim], memory);
            _sample.RemoveAt(victim);
            return true;
        }

        if (_newest.Peek() == keep)
        {
            return false;
        }

        Drop(_newest.Dequeue(), memory);
        return true;
    }

    private void Sample(RecordedEntry entry, RowMemory memory)
    {
        _pushedOut++;
        if (_sample.Count < _mostSampled)
        {
            _sample.Add(entry);
            return;
        }

        long place = _random.NextInt64(_pushedOut);
        if (place >= _mostSampled)
        {
            Drop(entry, memory);
            return;
        }

        Drop(_sample[(int)place], memory);
        _sample[(int)place] = entry;
    }

    private void Drop(RecordedEntry entry, RowMemory memory)
    {
        memory.Return(entry.Rows);
        _bySequence.Remove(entry.Sequence);
        entry.Clear(sequence: -1);
        _spare.Push(entry);
    }
}
