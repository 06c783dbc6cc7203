using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch.Tests;

/// <summary>Notes the wishes, as <c>+L1.E2.R1@3</c> and <c>-L1.E2.R1@3</c>.</summary>
internal sealed class FakeWarmUps : IWarmUps
{
    private readonly List<string> _wishes = [];

    /// <summary>Whether there is room for another wish.</summary>
    public bool Takes { get; set; } = true;

    /// <summary>Takes the wishes out.</summary>
    public string[] Take()
    {
        string[] taken = [.. _wishes];
        _wishes.Clear();
        return taken;
    }

    public bool TryAsk(int device, ReplicaId replica) => Note('+', device, replica);

    public bool TryCancel(int device, ReplicaId replica) => Note('-', device, replica);

    private bool Note(char sign, int device, ReplicaId replica)
    {
        if (Takes)
        {
            _wishes.Add($"{sign}{replica}@{device}");
        }

        return Takes;
    }
}

/// <summary>Wishes that nobody hears.</summary>
internal sealed class SilentWarmUps : IWarmUps
{
    public bool TryAsk(int device, ReplicaId replica) => true;

    public bool TryCancel(int device, ReplicaId replica) => true;
}
