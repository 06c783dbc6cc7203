using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using DaprMoE.Scheduling;

namespace DaprMoE.Experts.Tests;

/// <summary>
/// A backend whose experts are pages that hold their replica's name. It keeps its own books of slots and fails when a device breaks a rule:
/// more memory than the budget, a slot written while another replica is in it or read from, a call to a replica that is not there.
/// </summary>
internal sealed class ObservingBackend(IReadOnlyList<long> expertBytes, long budgetBytes, double failures, int seed) : IExpertBackend
{
    private const int PageBytes = 4096;

    private readonly Dictionary<MemorySlot, Slot> _slots = [];
    private readonly Dictionary<ReplicaId, MemorySlot> _loaded = [];
    private readonly object _gate = new();
    private readonly long[] _sizes = [.. expertBytes.Where(bytes => bytes > 0).Distinct().Order()];
    [SuppressMessage("Security", "CA5394", Justification = "A seeded test.")]
    private readonly Random _random = new(seed);

    private long _pagedBytes;
    private long _bytesHeld;
    private int _loads;

    public string Name => "observing";

    public long BytesHeld => Volatile.Read(ref _bytesHeld);

    /// <summary>What broke a rule, in order.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>Bytes of the slots that have pages.</summary>
    public long PagedBytes => Volatile.Read(ref _pagedBytes);

    /// <summary>Loads that were begun.</summary>
    public int Loads => Volatile.Read(ref _loads);

    /// <summary>Called between the pieces of a load.</summary>
    public Action<ReplicaId>? OnPiece { get; set; }

    /// <summary>Called when a slot is given back.</summary>
    public Action? OnReturn { get; set; }

    /// <summary>Called when all is read, before the load ends.</summary>
    public Action<ReplicaId>? OnRead { get; set; }

    /// <summary>Called while rows are computed.</summary>
    public Action<int>? OnForward { get; set; }

    public long ExpertBytes(int layer) => expertBytes[layer];

    public bool Load(ReplicaId replica, MemorySlot slot, ILoadPace pace)
    {
        Slot memory = Enter(replica, slot);
        long[] page = memory.Page;
        bool fails;
        lock (_gate)
        {
            fails = _random.NextDouble() < failures;
        }

        for (int at = 0; at < page.Length; at++)
        {
            if (at % 128 == 0)
            {
                OnPiece?.Invoke(replica);
                if (!pace.MayRead(PageBytes))
                {
                    return Leave(replica, slot, isLoaded: false);
                }
            }

            page[at] = Content(replica, at);
        }

        OnRead?.Invoke(replica);
        if (fails)
        {
            Leave(replica, slot, isLoaded: false);
            throw new IOException($"{replica} can't be read");
        }

        return Leave(replica, slot, isLoaded: true);
    }

    public void Forward(in ExpertWork work)
    {
        foreach (ReplicaGroup group in work.Groups)
        {
            Read(new ReplicaId(new ExpertId(work.Layer, group.Expert), group.Index), readers: 1);
        }

        OnForward?.Invoke(work.Layer);
        foreach (ReplicaGroup group in work.Groups)
        {
            Read(new ReplicaId(new ExpertId(work.Layer, group.Expert), group.Index), readers: -1);
            work.Output.Slice(group.First, group.Count).Fill(group.Expert + 1);
        }
    }

    public void Free(ReplicaId replica)
    {
        lock (_gate)
        {
            Expect(_loaded.Remove(replica, out MemorySlot slot), $"{replica} is freed and not loaded");
            Slot memory = _slots[slot];
            Expect(memory.Readers == 0, $"{replica} is freed while it computes");
            memory.Holds = null;
            _bytesHeld -= _sizes[slot.SizeClass];
        }
    }

    public void Return(MemorySlot slot)
    {
        OnReturn?.Invoke();
        lock (_gate)
        {
            bool hasPages = _slots.Remove(slot, out Slot? memory);
            Expect(memory is null or { Holds: null, Writer: null }, $"{slot} is returned while it is in use");
            _pagedBytes -= hasPages ? _sizes[slot.SizeClass] : 0;
            Array.Fill(memory?.Page ?? [], -1);
        }
    }

    public void Dispose()
    {
    }

    private static long Content(ReplicaId replica, int at) => HashCode.Combine(replica, at);

    private Slot Enter(ReplicaId replica, MemorySlot slot)
    {
        lock (_gate)
        {
            _loads++;
            if (!_slots.TryGetValue(slot, out Slot? memory))
            {
                _slots.Add(slot, memory = new Slot());
                _pagedBytes += _sizes[slot.SizeClass];
                Expect(_pagedBytes <= budgetBytes, $"{_pagedBytes} bytes have pages, the budget is {budgetBytes}");
            }

            Expect(_sizes[slot.SizeClass] == expertBytes[replica.Expert.Layer], $"{replica} in a slot of another size");
            Expect(!_loaded.ContainsKey(replica), $"{replica} is loaded twice");
            Expect(memory.Holds is null && memory.Writer is null, $"{replica} is loaded over {memory.Holds ?? memory.Writer}");
            memory.Writer = replica;
            return memory;
        }
    }

    private bool Leave(ReplicaId replica, MemorySlot slot, bool isLoaded)
    {
        lock (_gate)
        {
            _slots[slot].Writer = null;
            if (isLoaded)
            {
                _slots[slot].Holds = replica;
                _loaded.Add(replica, slot);
                _bytesHeld += _sizes[slot.SizeClass];
            }

            return isLoaded;
        }
    }

    private void Read(ReplicaId replica, int readers)
    {
        lock (_gate)
        {
            if (!_loaded.TryGetValue(replica, out MemorySlot slot))
            {
                Expect(false, $"{replica} is called and not loaded");
                return;
            }

            Slot memory = _slots[slot];
            memory.Readers += readers;
            for (int at = 0; at < memory.Page.Length; at++)
            {
                Expect(memory.Page[at] == Content(replica, at), $"{replica} is overwritten at {at}");
            }
        }
    }

    private void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            Faults.Enqueue(otherwise);
        }
    }

    private sealed class Slot
    {
        public long[] Page { get; } = new long[PageBytes / sizeof(long)];

        public ReplicaId? Holds { get; set; }

        public ReplicaId? Writer { get; set; }

        public int Readers { get; set; }
    }
}
