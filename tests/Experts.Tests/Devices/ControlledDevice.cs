using DaprMoE.Scheduling;

namespace DaprMoE.Experts.Tests;

/// <summary>
/// An arena device of one layer of 8 experts of one page, under a clock that stands still, whose loads wait for the test.
/// </summary>
internal sealed class ControlledDevice : IDisposable
{
    public const long Page = 4096;

    private readonly SemaphoreSlim _pieces = new(0);

    public ControlledDevice(int slots, double failures = 0, long preWarmBytesPerSecond = 1 << 30, TimeSpan? keepAlive = null)
    {
        long budget = slots * Page;
        Backend = new ObservingBackend([Page], budget, failures, seed: 1) { OnPiece = Wait };
        Listener = new TransitionReferee(budget);
        DeviceSettings settings = new()
        {
            Name = "controlled-0",
            Number = 0,
            ExpertsPerLayer = [8],
            BudgetBytes = budget,
            KeepAlive = keepAlive ?? Timeout.InfiniteTimeSpan,
            PreWarmBytesPerSecond = preWarmBytesPerSecond,
            PreWarmBytesInFlight = budget,
        };
        Device = new ArenaDevice(settings, Backend, Time, Listener);
    }

    public Microsoft.Extensions.Time.Testing.FakeTimeProvider Time { get; } = new();

    public ObservingBackend Backend { get; }

    public TransitionReferee Listener { get; }

    public ArenaDevice Device { get; }

    /// <summary>The replicas that are being loaded or were, in order, one entry for each piece that was reached.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<ReplicaId> Reached { get; } = [];

    /// <summary>A load has this many pieces.</summary>
    public const int Pieces = 4;

    public static ReplicaId Replica(int expert) => new(new ExpertId(0, expert), 0);

    public static void Until(Func<bool> condition) =>
        Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(20)), "It did not come about within 20 s.");

    /// <summary>Lets so many pieces be read.</summary>
    public void Allow(int pieces) => _pieces.Release(pieces);

    public void Start(long call, params int[] experts) => Start(call, TimeSpan.FromSeconds(5), experts);

    public void Start(long call, TimeSpan timeout, params int[] experts) => Device.Start(call, 0, Groups(experts), timeout);

    public ExpertOutcome Forward(long call, params int[] experts) => Device.Forward(call, new ExpertWork
    {
        Layer = 0,
        Input = [],
        Rows = new int[experts.Length],
        Groups = Groups(experts),
        Output = new float[experts.Length],
    });

    public ReplicaState StateOf(int expert) =>
        Device.Replicas().FirstOrDefault(item => item.Replica == Replica(expert)).State;

    public void Dispose()
    {
        _pieces.Release(10_000);
        Device.Dispose();
        _pieces.Dispose();
        Assert.Empty(Backend.Faults);
        Assert.Empty(Listener.Faults);
    }

    private static ReplicaGroup[] Groups(int[] experts) => [.. experts.Select((expert, at) => new ReplicaGroup(expert, 0, at, 1))];

    private void Wait(ReplicaId replica)
    {
        Reached.Enqueue(replica);
        _pieces.Wait();
    }
}
