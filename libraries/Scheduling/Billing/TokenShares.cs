namespace DaprMoE.Scheduling;

/// <summary>
/// Divides an amount by tokens, in units of 2^-<see cref="RequestAccount.FractionBits"/> and by cumulative rounding, so that the shares add
/// up to the amount exactly; there is room for a terabyte over a thousand years, in byte-microseconds.
/// </summary>
/// <param name="amount">What is divided.</param>
/// <param name="total">All tokens; without any, all shares are 0.</param>
internal ref struct TokenShares(Int128 amount, long total)
{
    private readonly Int128 _each = total == 0 ? 0 : amount / total;
    private readonly Int128 _rest = total == 0 ? 0 : amount % total;
    private Int128 _before;
    private long _seen;

    /// <summary>The share of the next tokens.</summary>
    public Int128 Next(int tokens)
    {
        if (total == 0)
        {
            return 0;
        }

        _seen += tokens;
        Int128 until = (_rest * _seen << RequestAccount.FractionBits) / total;
        Int128 share = (_each * tokens << RequestAccount.FractionBits) + (until - _before);
        _before = until;
        return share;
    }
}
