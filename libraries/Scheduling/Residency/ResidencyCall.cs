namespace DaprMoE.Scheduling;

/// <summary>How far a call is.</summary>
internal enum CallPhase
{
    /// <summary>It waits for memory and holds nothing.</summary>
    Queued,

    /// <summary>It holds what is warm and waits for loads.</summary>
    Loading,

    /// <summary>It holds all that it wants.</summary>
    Running,
}

/// <summary>A call that waits for replicas or holds them. Objects are reused by <see cref="CallTable"/>.</summary>
internal sealed class ResidencyCall
{
    public long Id { get; private set; }

    public long DeadlineUs { get; private set; }

    public CallPhase Phase { get; set; }

    /// <summary>What it wants, each once.</summary>
    public List<ReplicaId> Replicas { get; } = [];

    /// <summary>Loads that it waits for.</summary>
    public int Missing { get; set; }

    public void Begin(long id, long deadlineUs)
    {
        (Id, DeadlineUs, Phase, Missing) = (id, deadlineUs, CallPhase.Queued, 0);
        Replicas.Clear();
    }
}
