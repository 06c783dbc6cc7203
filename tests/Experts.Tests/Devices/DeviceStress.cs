using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using DaprMoE.Scheduling;

namespace DaprMoE.Experts.Tests;

/// <summary>Several threads that call a device and ask it for all that can be asked, at random.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Seeded tests.")]
internal sealed class DeviceStress(IExpertDevice device, IReadOnlyList<int> expertsPerLayer, int seed)
{
    private readonly ConcurrentQueue<string> _faults = [];
    private long _calls;
    private long _version;

    /// <summary>How many calls ended which way.</summary>
    public ConcurrentDictionary<ExpertOutcomeKind, int> Outcomes { get; } = [];

    public IEnumerable<string> Faults => _faults;

    /// <summary>Runs to the end; each thread does so many things.</summary>
    public void Run(int threads, int steps, CancellationToken cancel)
    {
        Thread[] all =
        [
            .. Enumerable.Range(0, threads).Select(number => new Thread(() => Act(number, steps, cancel)) { IsBackground = true }),
        ];
        Array.ForEach(all, thread => thread.Start());
        foreach (Thread thread in all)
        {
            if (!thread.Join(TimeSpan.FromSeconds(60)))
            {
                _faults.Enqueue("a thread waits for ever");
            }
        }
    }

    private void Act(int number, int steps, CancellationToken cancel)
    {
        Random random = new((seed * 31) + number);
        try
        {
            for (int step = 0; step < steps && !cancel.IsCancellationRequested; step++)
            {
                One(random);
            }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            _faults.Enqueue(fault.ToString());
        }
    }

    private void One(Random random)
    {
        int what = random.Next(100);
        switch (what)
        {
            case < 55:
                Call(random);
                break;
            case < 70:
                device.PreWarm(random.Next(3), Replica(random));
                break;
            case < 78:
                device.Cancel(random.Next(3), Replica(random));
                break;
            case < 82:
                Pin(random);
                break;
            case < 88:
                device.Drain(Replica(random));
                break;
            case < 93:
                device.Plan(Interlocked.Increment(ref _version), Some(random, 6), TimeSpan.FromMilliseconds(random.Next(20)));
                break;
            case < 95:
                int layer = random.Next(expertsPerLayer.Count);
                device.Forecast(layer, Enumerable.Range(0, expertsPerLayer[layer]).Select(_ => random.NextSingle()).ToArray());
                break;
            case < 97:
                device.ScaleToZero();
                break;
            default:
                Look();
                break;
        }
    }

    private void Call(Random random)
    {
        int layer = random.Next(expertsPerLayer.Count);
        int count = 1 + random.Next(expertsPerLayer[layer]);
        int[] experts = [.. Enumerable.Range(0, expertsPerLayer[layer]).OrderBy(_ => random.Next()).Take(count).Order()];
        ReplicaGroup[] groups = [.. experts.Select((expert, at) => new ReplicaGroup(expert, random.Next(8) == 0 ? 1 : 0, at, 1))];
        long call = Interlocked.Increment(ref _calls);
        TimeSpan timeout = random.Next(6) == 0 ? TimeSpan.FromMicroseconds(random.Next(300)) : TimeSpan.FromSeconds(20);
        device.Start(call, layer, groups, timeout);
        float[] output = new float[count];
        ExpertOutcome outcome = device.Forward(
            call, new ExpertWork { Layer = layer, Input = [], Rows = new int[count], Groups = groups, Output = output });
        Outcomes.AddOrUpdate(outcome.Kind, 1, (_, sum) => sum + 1);
        if (outcome.Kind == ExpertOutcomeKind.Done && !output.SequenceEqual(experts.Select(expert => expert + 1f)))
        {
            _faults.Enqueue($"call {call} is done and its rows are not: {string.Join(' ', output)}");
        }
    }

    private void Pin(Random random)
    {
        ReplicaId replica = Replica(random);
        if (device.Pin(replica).IsAccepted)
        {
            Call(random);
            device.Unpin(replica);
        }
    }

    private void Look()
    {
        DeviceMemory memory = device.Memory;
        if (memory.ReservedBytes > memory.BudgetBytes || memory.ResidentBytes > memory.ReservedBytes)
        {
            _faults.Enqueue($"{memory}");
        }

        if (device.Replicas().Sum(replica => replica.Bytes) > memory.BudgetBytes)
        {
            _faults.Enqueue("replicas hold more than the budget");
        }
    }

    private ReplicaId[] Some(Random random, int most) => [.. Enumerable.Range(0, random.Next(most)).Select(_ => Replica(random))];

    private ReplicaId Replica(Random random)
    {
        int layer = random.Next(expertsPerLayer.Count);
        return new ReplicaId(new ExpertId(layer, random.Next(expertsPerLayer[layer])), random.Next(2));
    }
}
