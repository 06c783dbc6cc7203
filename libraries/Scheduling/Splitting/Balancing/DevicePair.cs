namespace DaprMoE.Scheduling;

/// <summary>Two devices and the two replicas of one expert on them. Work is counted in tokens.</summary>
/// <param name="FromLoad">Work of the giving device.</param>
/// <param name="ToLoad">Work of the taking device.</param>
/// <param name="FromPart">Tokens of the giving replica.</param>
/// <param name="ToPart">Tokens of the taking replica.</param>
/// <param name="Floor">Work below which a replica that is woken does not fall.</param>
internal readonly record struct DevicePair(int FromLoad, int ToLoad, int FromPart, int ToPart, int Floor)
{
    /// <summary>
    /// Tokens that make both devices equal, as far as what stays behind still fills the floor: giving away less than all of that saves no
    /// work.
    /// </summary>
    public int Levelling()
    {
        int wake = ToPart == 0 ? Floor : 0;
        int free = Math.Max(0, Floor - ToPart);
        int gap = FromLoad - ToLoad - wake;
        return Math.Min(gap <= free ? gap : (gap + free) / 2, FromPart - Floor);
    }

    /// <summary>Work of the giving device when tokens have gone.</summary>
    public int Left(int tokens) =>
        FromLoad - WholeExperts.Work(FromPart, Floor) + WholeExperts.Work(FromPart - tokens, Floor);

    /// <summary>Work of the taking device when tokens have come.</summary>
    public int Right(int tokens) =>
        ToLoad - WholeExperts.Work(ToPart, Floor) + WholeExperts.Work(ToPart + tokens, Floor);
}
