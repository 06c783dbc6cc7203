namespace DaprMoE.Scheduling.Tests;

/// <summary>Carries out commands on slots that are only counted, and fails when they contradict each other or exceed the budget.</summary>
internal sealed class MemoryBooks(ResidencySettings settings)
{
    private readonly Dictionary<MemorySlot, ReplicaId> _occupied = [];
    private readonly Dictionary<MemorySlot, long> _pages = [];

    /// <summary>Loads in flight: their numbers by replica.</summary>
    public SortedDictionary<ReplicaId, long> Loads { get; } = new(Comparer<ReplicaId>.Create((a, b) => Key(a).CompareTo(Key(b))));

    public long ReservedBytes => _pages.Values.Sum();

    public long ResidentBytes => _occupied.Keys.Sum(slot => _pages[slot]);

    public void Do(in ResidencyEffect command)
    {
        switch (command.Kind)
        {
            case ResidencyEffectKind.StartLoad:
                Start(command);
                break;
            case ResidencyEffectKind.CancelLoad:
                Assert.True(Loads.Remove(command.Replica, out long load) && load == command.Id, $"{command}: no such load");
                Vacate(command);
                break;
            case ResidencyEffectKind.Free:
                Assert.False(Loads.ContainsKey(command.Replica), $"{command}: it is being loaded");
                Vacate(command);
                break;
            case ResidencyEffectKind.ReturnSlot:
                Assert.False(_occupied.ContainsKey(command.Slot), $"{command}: the slot is occupied");
                Assert.True(_pages.Remove(command.Slot), $"{command}: the slot has no pages");
                break;
            default:
                break;
        }
    }

    public void LoseDevice()
    {
        Assert.Empty(Loads);
        _occupied.Clear();
        _pages.Clear();
    }

    private static (int, int, int) Key(ReplicaId replica) => (replica.Expert.Layer, replica.Expert.Expert, replica.Index);

    private void Start(in ResidencyEffect command)
    {
        LayerExperts layer = settings.Layers[command.Replica.Expert.Layer];
        Assert.InRange(command.Bytes, layer.ExpertBytes, layer.ExpertBytes + settings.PageBytes - 1);
        Assert.Equal(0, command.Bytes % settings.PageBytes);
        Assert.InRange(command.Slot.Index, 0, settings.BudgetBytes / command.Bytes - 1);
        Assert.True(_occupied.TryAdd(command.Slot, command.Replica), $"{command}: the slot is occupied");
        Assert.Equal(command.Bytes, _pages.GetValueOrDefault(command.Slot, command.Bytes));
        _pages[command.Slot] = command.Bytes;
        Assert.True(ReservedBytes <= settings.BudgetBytes, $"{command}: over budget");
        Loads.Add(command.Replica, command.Id);
    }

    private void Vacate(in ResidencyEffect command)
    {
        Assert.True(_occupied.Remove(command.Slot, out ReplicaId held) && held == command.Replica, $"{command}: not in that slot");
    }
}
