namespace DaprMoE.Gateway;

/// <summary>A figure, and the same of static placement on the same meter.</summary>
internal readonly record struct Compared<T>(T Actual, T Static)
{
    public Compared<TResult> Select<TResult>(Func<T, TResult> select) => new(select(Actual), select(Static));

    /// <summary>Combines both sides with those of another.</summary>
    public Compared<TResult> With<TOther, TResult>(Compared<TOther> other, Func<T, TOther, TResult> combine) =>
        new(combine(Actual, other.Actual), combine(Static, other.Static));
}
