using DaprMoE.Ports;

namespace DaprMoE.DirectTransport;

/// <summary>
/// Which of the listed hosts are there, and which devices that makes. Devices are numbered by the order of the list once every host has been
/// seen; the numbers stay, whatever comes and goes. Safe for any thread.
/// </summary>
/// <param name="addresses">The list.</param>
/// <param name="model">Fingerprint of the model that is served.</param>
/// <param name="maxRows">Most rows of one call.</param>
internal sealed class HostTracker(IReadOnlyList<string> addresses, string model, int maxRows)
{
    private readonly Lock _gate = new();
    private readonly HostFacts?[] _facts = new HostFacts?[addresses.Count];
    private readonly bool[] _alive = new bool[addresses.Count];
    private Action<IReadOnlyList<int>>? _changed;

    /// <summary>Takes a host's name and devices for its address, whether it joins later or not.</summary>
    /// <returns>Why the host can't be used; null when it can.</returns>
    public string? Admit(int host, HostFacts facts)
    {
        string who = $"Expert host {facts.Name} at {addresses[host]}";
        lock (_gate)
        {
            string? refusal = VersionRefusal(who, facts) ?? ModelRefusal(who, facts)
                ?? NameRefusal(who, host, facts) ?? ShapeRefusal(who, host, facts);
            _facts[host] = refusal is null ? facts : _facts[host];
            return refusal;
        }
    }

    /// <summary>A host is there.</summary>
    public void Join(int host, HostFacts facts) => Change(() => (_facts[host], _alive[host]) = (facts, true));

    /// <summary>A host is gone, or is about to go.</summary>
    public void Leave(int host) => Change(() => _alive[host] = false);

    /// <summary>A host told its figures again.</summary>
    public void Update(int host, HostFacts facts)
    {
        lock (_gate)
        {
            _facts[host] = facts;
        }
    }

    /// <summary>Whether a host is there, and what it said last.</summary>
    public (bool IsAlive, HostFacts? Facts) Of(int host)
    {
        lock (_gate)
        {
            return (_alive[host], _facts[host]);
        }
    }

    /// <summary>For each device its host and its number within it, once every host has been seen.</summary>
    public IReadOnlyList<(int Host, int Device)> Devices()
    {
        lock (_gate)
        {
            return [.. _facts.SelectMany((facts, host) => Enumerable.Range(0, facts?.Devices.Count ?? 0).Select(device => (host, device)))];
        }
    }

    /// <summary>Tells the devices that are alive, ascending: now, and after each change, in order.</summary>
    public void Watch(Action<IReadOnlyList<int>> changed)
    {
        lock (_gate)
        {
            _changed = changed;
            changed(AliveUnderLock());
        }
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            _changed?.Invoke(AliveUnderLock());
        }
    }

    private List<int> AliveUnderLock()
    {
        List<int> alive = [];
        int first = 0;
        for (int host = 0; host < _facts.Length; host++)
        {
            int devices = _facts[host]?.Devices.Count ?? 0;
            if (_alive[host])
            {
                alive.AddRange(Enumerable.Range(first, devices));
            }

            first += devices;
        }

        return alive;
    }

    private static string? VersionRefusal(string who, HostFacts facts) => facts.FrameVersion == FrameFormat.Version
        ? null
        : $"{who} has frames of version {facts.FrameVersion}; allowed: {FrameFormat.Version}. Run the same version of daprmoe on both sides.";

    private string? ModelRefusal(string who, HostFacts facts) => facts.Model == model
        ? null
        : $"{who} has the model {facts.Model}; allowed: {model}, which is served here. Give both the same --model.";

    private string? NameRefusal(string who, int host, HostFacts facts)
    {
        int other = Array.FindIndex(_facts, known => known is not null && known.Name == facts.Name);
        return other < 0 || other == host
            ? null
            : $"{who} has a name that the host at {addresses[other]} has too. Give each its own --name, and list each address once.";
    }

    private string? ShapeRefusal(string who, int host, HostFacts facts)
    {
        if (facts.Devices.Count == 0)
        {
            return $"{who} has no devices; allowed: at least 1.";
        }

        if (facts.MaxTokens < maxRows)
        {
            return $"{who} takes {facts.MaxTokens} rows in one call; allowed: at least {maxRows}, the token budget here. "
                + "Raise its --token-budget or lower the one here.";
        }

        return _facts[host] is { } before && Names(before) != Names(facts)
            ? $"{who} has the devices {Names(facts)}; allowed: {Names(before)}, as before. Restart the gateway to take other ones."
            : null;
    }

    private static string Names(HostFacts facts) => string.Join(", ", facts.Devices.Select(device => device.Name));
}
