namespace DaprMoE.Inference;

/// <summary>A token that may be drawn. Sorts by probability, descending, then by id.</summary>
internal readonly record struct Candidate(int Token, float Weight) : IComparable<Candidate>
{
    public int CompareTo(Candidate other)
    {
        int byWeight = other.Weight.CompareTo(Weight);
        return byWeight != 0 ? byWeight : Token.CompareTo(other.Token);
    }
}
