namespace DaprMoE.Scheduling.Tests;

/// <summary>Plays raw steps on a device under the eyes of a referee.</summary>
internal sealed class ResidencyPlayer
{
    private readonly ResidencyEffects _effects = new();
    private readonly ResidencyReferee _referee;
    private readonly ReplicaId[] _replicas;
    private long _calls;
    private long _version;

    public ResidencyPlayer(ResidencySettings settings)
    {
        State = new ResidencyState(settings);
        _referee = new ResidencyReferee(settings);
        _replicas =
        [
            .. from layer in Enumerable.Range(0, settings.Layers.Count + 1)
               from expert in Enumerable.Range(0, (layer < settings.Layers.Count ? settings.Layers[layer].Experts : 0) + 1)
               from copy in Enumerable.Range(0, 2)
               select new ReplicaId(new ExpertId(layer, expert), copy),
        ];
    }

    public ResidencyState State { get; }

    public long NowUs { get; private set; }

    /// <summary>All that came out, as text.</summary>
    public List<string> Log { get; } = [];

    public Action<ResidencyTransition>? OnTransition { get; init; }

    /// <summary>Longest wait of a call; deadlines lie within it.</summary>
    public long MostWaitUs { get; init; } = 40;

    public ResidencyReferee Referee => _referee;

    public void Play(IEnumerable<(int What, int Which, int Also, int Elapsed)> steps)
    {
        foreach ((int what, int which, int also, int elapsed) in steps)
        {
            NowUs += elapsed;
            Apply(Event(what, which, also));
        }
    }

    public void Apply(ResidencyEvent change, long? nowUs = null)
    {
        NowUs = nowUs ?? NowUs;
        _effects.Clear();
        ResidencyRules.Apply(State, in change, NowUs, _effects);
        foreach (ResidencyEffect command in _effects.Commands)
        {
            Log.Add(command.ToString());
        }

        foreach (ResidencyTransition transition in _effects.Transitions)
        {
            Log.Add(transition.ToString());
            OnTransition?.Invoke(transition);
        }

        _referee.Check(State, change, NowUs, _effects);
    }

    private ResidencyEvent Event(int what, int which, int also) => what switch
    {
        < 22 => ResidencyEvent.Want(++_calls, Some(which, also), NowUs + also % MostWaitUs),
        < 26 => ResidencyEvent.Acquire(++_calls, Some(which, also)),
        < 42 => ResidencyEvent.Release(Call(which)),
        < 66 => Load(which, also),
        < 74 => ResidencyEvent.PreWarm(1_000_000 + also % 3, One(which)),
        < 77 => ResidencyEvent.Cancel(also % 2 == 0 ? 1_000_000 + also % 3 : Call(also), One(which)),
        < 80 => ResidencyEvent.Pin(One(which)),
        < 84 => ResidencyEvent.Unpin(One(which)),
        < 87 => ResidencyEvent.Drain(One(which)),
        < 91 => ResidencyEvent.Plan(_version += which % 3 - 1, Some(which, also), also % 50, Some(also, which)),
        < 93 => Forecast(which, also),
        < 94 => ResidencyEvent.ScaleToZero(),
        < 95 when which % 20 == 0 => ResidencyEvent.DeviceLost(),
        _ => ResidencyEvent.Tick(),
    };

    private ReplicaId One(int which) => _replicas[which % _replicas.Length];

    private ReplicaId[] Some(int which, int count) => [.. Enumerable.Range(0, count % 4).Select(index => One(which + index * 3))];

    private long Call(int which) => _calls - which % 6;

    private ResidencyEvent Load(int which, int also)
    {
        if (_referee.Memory.Loads.Count == 0 || also % 10 == 0)
        {
            return ResidencyEvent.Loaded(also % 7, One(which));
        }

        (ReplicaId replica, long load) = _referee.Memory.Loads.ElementAt(which % _referee.Memory.Loads.Count);
        return also % 10 == 1 ? ResidencyEvent.LoadFailed(load, replica) : ResidencyEvent.Loaded(load, replica);
    }

    private ResidencyEvent Forecast(int which, int also)
    {
        int layer = which % State.Settings.Layers.Count;
        float[] chances = [.. Enumerable.Range(0, State.Settings.Layers[layer].Experts).Select(expert => (also + expert) % 5 / 4f)];
        return ResidencyEvent.Forecast(layer, chances);
    }
}
