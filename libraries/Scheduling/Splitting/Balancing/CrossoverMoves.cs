namespace DaprMoE.Scheduling;

/// <summary>
/// Moves that make the slowest device faster under the roofline: all tokens of a replica, or as many as level two devices; else a chain of
/// whole replicas; else two moves of which the second clears the way for the first.
/// </summary>
internal static class CrossoverMoves
{
    /// <summary>Makes the slowest device faster without making any other as slow.</summary>
    /// <returns>False when no move does.</returns>
    public static bool TryImprove(in DividedLayer layer, ShiftingPath path)
    {
        int slowest = 0;
        for (int d = 1; d < layer.Loads.Length; d++)
        {
            slowest = layer.Loads[d] > layer.Loads[slowest] ? d : slowest;
        }

        int limit = layer.Loads[slowest];
        TokenMove move = BestOff(layer, slowest, limit);
        if (move.Tokens > 0)
        {
            layer.Move(move);
            return true;
        }

        if (path.Find(layer, limit - 1, limit - layer.Floor, new WholeShift(layer.Floor)))
        {
            path.ShiftWhole(layer);
            return true;
        }

        return TryTwo(layer, slowest, limit);
    }

    /// <summary>
    /// The move off a device that leaves the larger of the two devices' work smallest, and below a limit. A replica that leaves too much
    /// even without any of its tokens is passed over, and a device that has too much before any come.
    /// </summary>
    private static TokenMove BestOff(in DividedLayer layer, int device, int limit)
    {
        TokenMove best = TokenMove.None;
        int worst = limit;
        foreach (int from in layer.Movable.On(device))
        {
            int work = WholeExperts.Work(layer.Parts[from], layer.Floor);
            (int first, int end) = work > 0 && layer.Loads[device] - work < worst ? layer.Copies(from) : default;
            for (int to = first; to < end; to++)
            {
                int other = layer.DeviceOf(to);
                if (other != device && layer.Loads[other] < worst)
                {
                    DevicePair pair = layer.Pair(from, to);
                    Choose(pair, new TokenMove(from, to, pair.FromPart), ref best, ref worst);
                    Choose(pair, new TokenMove(from, to, pair.Levelling()), ref best, ref worst);
                }
            }
        }

        return best;
    }

    private static void Choose(DevicePair pair, TokenMove move, ref TokenMove best, ref int worst)
    {
        int after = move.Tokens > 0 ? Math.Max(pair.Left(move.Tokens), pair.Right(move.Tokens)) : int.MaxValue;
        (best, worst) = after < worst ? (move, after) : (best, worst);
    }

    private static bool TryTwo(in DividedLayer layer, int slowest, int limit)
    {
        foreach (int from in layer.Movable.On(slowest))
        {
            (int first, int end) = layer.Copies(from);
            for (int to = first; to < end && layer.Parts[from] > 0; to++)
            {
                int all = layer.Parts[from];
                if (layer.DeviceOf(to) != slowest
                    && (TryTwo(layer, new TokenMove(from, to, all), limit) || TryTwo(layer, new TokenMove(from, to, all / 2), limit)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool TryTwo(in DividedLayer layer, TokenMove move, int limit)
    {
        if (move.Tokens == 0 || layer.Pair(move.From, move.To).Left(move.Tokens) >= limit)
        {
            return false;
        }

        layer.Move(move);
        TokenMove second = BestOff(layer, layer.DeviceOf(move.To), limit);
        if (second.Tokens > 0)
        {
            layer.Move(second);
            return true;
        }

        layer.Move(new TokenMove(move.To, move.From, move.Tokens));
        return false;
    }
}
