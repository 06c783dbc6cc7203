using DaprMoE.Dispatch;
using DaprMoE.Inference;
using DaprMoE.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Gateway.Tests;

/// <summary>
/// Turns raw numbers into the life of a server: replicas that come and go, devices that are lost, layers that run and fail, requests, other
/// policies. Counts on its own what is held and what is active.
/// </summary>
internal sealed class BookPlayer : IMoeLayer
{
    public const int Layers = 3;
    public const int ExpertsPerLayer = 4;
    public const long ExpertBytes = 1_000;
    public const long NonExpertBytes = 7_000;

    private static readonly string[] Policies = ["static", "moeless", "auto", "eplb"];

    // Elapsed times are computed in doubles, which are exact near the clock's zero only.
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.MinValue);
    private readonly Dictionary<(ReplicaId Replica, int Device), (bool IsWarm, string Kind)> _held = [];
    private readonly List<RequestBills> _open = [];
    private readonly BilledLayers _layers;
    private int _next;
    private int? _running;

    public BookPlayer(BillPrices prices)
    {
        BilledModel model = new([.. Enumerable.Repeat(new LayerExperts(ExpertsPerLayer, ExpertBytes), Layers)], NonExpertBytes);
        Book = new BillBook(model, prices, _clock, Policies[0]);
        _layers = new BilledLayers(this, Book, mostSequences: 8);
    }

    public BillBook Book { get; }

    /// <summary>Byte-microseconds of replicas so far.</summary>
    public long HeldByteUs { get; private set; }

    /// <summary>Those of warm replicas whose layer ran.</summary>
    public long ActiveByteUs { get; private set; }

    /// <summary>Experts called.</summary>
    public long Calls { get; private set; }

    /// <summary>What requests that ended were told.</summary>
    public List<BillPart> Ended { get; } = [];

    public void Play(IEnumerable<(int What, int Which, int Also, int Elapsed)> steps)
    {
        foreach ((int what, int which, int also, int elapsed) in steps)
        {
            Pass(elapsed);
            Step(what, which, also);
        }
    }

    /// <summary>A layer: weights come and go while it runs, and it may fail.</summary>
    void IMoeLayer.Forward(in MoeLayerCall call)
    {
        int seed = call.TopK;
        _running = call.Layer;
        Pass(seed % 50);
        Move(seed % 7, seed, seed / 3);
        Pass(seed % 11);
        _running = null;
        if (seed % 5 == 0)
        {
            throw new ExpertsUnavailableException(call.Layer, 2, 0, TimeSpan.Zero);
        }

        Calls += seed % 4;
        _layers.LayerDone(new LayerDispatch
        {
            Layer = call.Layer,
            Tokens = 1,
            Loads = [1, 0, 2, 0],
            Elapsed = default,
            Devices = [],
            DeviceRows = [],
            Calls = default(LayerCalls) with { Replicas = seed % 4 },
        });
    }

    private void Step(int what, int which, int also)
    {
        switch (what)
        {
            case < 40:
                Move(what, which, also);
                break;
            case < 43:
                LoseDevice(which % 2);
                break;
            case < 55:
                _open.Add(new RequestBills(Book, $"r{_next++}"));
                break;
            case < 65 when _open.Count > 0:
                RequestBills ending = _open[which % _open.Count];
                _open.Remove(ending);
                Ended.Add(ending.End());
                ending.Dispose();
                break;
            case < 68:
                Book.SwitchPolicy(Policies[which % Policies.Length]);
                break;
            default:
                RunIteration(which, also);
                break;
        }
    }

    private void Pass(int us)
    {
        HeldByteUs += _held.Count * ExpertBytes * us;
        ActiveByteUs += _held.Count(entry => entry.Value.IsWarm && entry.Key.Replica.Expert.Layer == _running) * ExpertBytes * us;
        _clock.Advance(TimeSpan.FromMicroseconds(us));
    }

    private void Move(int what, int which, int also)
    {
        ReplicaId replica = new(new ExpertId(which % Layers, which / 3 % ExpertsPerLayer), which / 12 % 2);
        int device = also % 2;
        bool isHeld = _held.TryGetValue((replica, device), out (bool IsWarm, string Kind) state);
        string kind = isHeld ? state.Kind : also % 3 == 0 ? "gpu" : "cpu";
        (ReplicaState from, ReplicaState to) = (isHeld, state.IsWarm, what % 2) switch
        {
            (false, _, _) => (ReplicaState.Absent, ReplicaState.Loading),
            (true, false, 0) => (ReplicaState.Loading, ReplicaState.Warm),
            (true, false, _) => (ReplicaState.Loading, ReplicaState.Absent),
            (true, true, 0) => (ReplicaState.Warm, ReplicaState.Busy),
            (true, true, _) => (ReplicaState.Warm, ReplicaState.Absent),
        };
        Tell(replica, device, kind, from, to);
    }

    private void LoseDevice(int device)
    {
        foreach (((ReplicaId replica, int on), (bool isWarm, string kind)) in _held.Where(entry => entry.Key.Device == device).ToArray())
        {
            Tell(replica, on, kind, isWarm ? ReplicaState.Warm : ReplicaState.Loading, ReplicaState.Absent);
        }
    }

    private void Tell(ReplicaId replica, int device, string kind, ReplicaState from, ReplicaState to)
    {
        long nowUs = _clock.GetElapsedTime(0).Ticks / TimeSpan.TicksPerMicrosecond;
        Book.Moved(new ResidencyTransition(nowUs, device, kind, replica, from, to, default, ExpertBytes, ElapsedUs: 0));
        if (to == ReplicaState.Absent)
        {
            _held.Remove((replica, device));
        }
        else
        {
            _held[(replica, device)] = (to != ReplicaState.Loading, kind);
        }
    }

    private void RunIteration(int which, int also)
    {
        ForwardRun[] runs =
        [
            .. _open.Where((_, place) => (which >> place & 1) == 1).Take(6)
                .Select((request, place) => new ForwardRun(place, place, 1 + (also + place) % 5, 0, 0) { RequestId = request.Id }),

            // One that has left, and one of somebody who asks for no bill.
            new ForwardRun(6, 6, also % 3, 0, 0) { RequestId = "r0" },
            new ForwardRun(7, 7, 1, 0, 0),
        ];
        _layers.BeginIteration(new ForwardRows { Tokens = [], Runs = runs });
        for (int layer = 0; layer < Layers; layer++)
        {
            Pass(which % 3);
            try
            {
                _layers.Forward(new MoeLayerCall
                {
                    Layer = layer,
                    HiddenSize = 1,
                    TopK = 1 + (which + also + layer) % 100,
                    Input = [],
                    Experts = [],
                    Weights = [],
                    Output = [],
                });
            }
            catch (ExpertsUnavailableException)
            {
                return;
            }
        }
    }
}
