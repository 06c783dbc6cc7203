namespace DaprMoE.Scheduling;

/// <summary>A queue's key: the largest share first, of equal shares the lowest expert.</summary>
internal readonly record struct Share(double Tokens, int Expert) : IComparable<Share>
{
    public int CompareTo(Share other)
    {
        int order = other.Tokens.CompareTo(Tokens);
        return order != 0 ? order : Expert.CompareTo(other.Expert);
    }
}
