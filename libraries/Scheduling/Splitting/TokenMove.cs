namespace DaprMoE.Scheduling;

/// <summary>Tokens that go from one replica of an expert to another, and the larger of the two devices' work afterwards.</summary>
internal readonly record struct TokenMove(int From, int To, int Tokens, int Worst)
{
    /// <summary>
    /// The best move off one device: all tokens of a replica, or as many as level the two devices while what stays behind still fills the
    /// floor (giving away less than that saves no work).
    /// </summary>
    /// <param name="plan">The replicas.</param>
    /// <param name="result">Parts and movable replicas.</param>
    /// <param name="loads">Work of each device.</param>
    /// <param name="device">The device to relieve.</param>
    /// <param name="floor">Work below which a replica that is woken does not fall.</param>
    public static TokenMove BestOff(LayerPlan plan, SplitResult result, ReadOnlySpan<int> loads, int device, int floor)
    {
        TokenMove best = new(-1, -1, 0, loads[device]);
        ReadOnlySpan<int> parts = result.TokensBuffer;
        foreach (int from in result.Movable.On(device))
        {
            if (parts[from] == 0)
            {
                continue;
            }

            int expert = plan.Replicas[from].Expert;
            for (int to = plan.FirstOf(expert); to < plan.FirstOf(expert) + plan.CountOf(expert); to++)
            {
                int target = plan.Replicas[to].Device;
                if (target != device && loads[target] < loads[device])
                {
                    Pair pair = new(loads[device], loads[target], parts[from], parts[to], floor);
                    best = pair.Better(best, from, to, parts[from]);
                    best = pair.Better(best, from, to, pair.Levelling());
                }
            }
        }

        return best;
    }

    /// <summary>Two devices and the two replicas of one expert on them.</summary>
    private readonly record struct Pair(int FromLoad, int ToLoad, int FromPart, int ToPart, int Floor)
    {
        /// <summary>Tokens that make both devices equal, as far as the giving replica can.</summary>
        public int Levelling()
        {
            int wake = ToPart == 0 ? Floor : 0;
            int free = Math.Max(0, Floor - ToPart);
            int gap = FromLoad - ToLoad - wake;
            return Math.Min(gap <= free ? gap : (gap + free) / 2, FromPart - Floor);
        }

        public TokenMove Better(TokenMove best, int from, int to, int tokens)
        {
            if (tokens <= 0)
            {
                return best;
            }

            int left = FromLoad - WholeExperts.Work(FromPart, Floor) + WholeExperts.Work(FromPart - tokens, Floor);
            int right = ToLoad - WholeExperts.Work(ToPart, Floor) + WholeExperts.Work(ToPart + tokens, Floor);
            int worst = Math.Max(left, right);
            return worst < best.Worst ? new TokenMove(from, to, tokens, worst) : best;
        }
    }
}
