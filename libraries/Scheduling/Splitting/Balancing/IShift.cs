namespace DaprMoE.Scheduling;

/// <summary>Which replicas can pass work on, and which can take it, so that what one device loses is what the next one gains.</summary>
internal interface IShift
{
    /// <summary>Whether a replica with these tokens can give some.</summary>
    bool Gives(int tokens);

    /// <summary>Whether a replica with these tokens can take what is given.</summary>
    bool Takes(int tokens);
}

/// <summary>Some of the tokens above the floor go to a replica that is woken and at the floor; with a floor of 0, to any.</summary>
/// <param name="Floor">Work below which a replica that is woken does not fall.</param>
internal readonly record struct ExcessShift(int Floor) : IShift
{
    public bool Gives(int tokens) => tokens > Floor;

    public bool Takes(int tokens) => tokens >= Floor;
}

/// <summary>All tokens of a replica that are no more than the floor go to one that sleeps: work of one floor moves.</summary>
/// <param name="Floor">Work below which a replica that is woken does not fall.</param>
internal readonly record struct WholeShift(int Floor) : IShift
{
    public bool Gives(int tokens) => tokens > 0 && tokens <= Floor;

    public bool Takes(int tokens) => tokens == 0;
}
