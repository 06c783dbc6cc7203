namespace DaprMoE.Scheduling;

/// <summary>Tokens that go from one replica of an expert to another.</summary>
/// <param name="From">Position of the giving replica in the plan.</param>
/// <param name="To">Position of the taking replica.</param>
/// <param name="Tokens">How many; 0 = no move.</param>
internal readonly record struct TokenMove(int From, int To, int Tokens)
{
    /// <summary>Nothing moves.</summary>
    public static readonly TokenMove None = new(-1, -1, 0);
}
