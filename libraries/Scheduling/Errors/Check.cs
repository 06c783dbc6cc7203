namespace DaprMoE.Scheduling;

/// <summary>Tests of input that many decisions share; each names the thing, its value and what is allowed.</summary>
internal static class Check
{
    public static void Loads(ReadOnlySpan<double> loads)
    {
        if (loads.IsEmpty)
        {
            throw Error(SchedulingError.NoExperts, "The layer has no experts; a decision needs the load of at least one.");
        }

        for (int e = 0; e < loads.Length; e++)
        {
            if (!(loads[e] >= 0) || double.IsPositiveInfinity(loads[e]))
            {
                throw BadLoad(e, loads[e]);
            }
        }
    }

    public static void SameLength(string name, int length, string other, int expected)
    {
        if (length != expected)
        {
            throw Error(SchedulingError.LengthMismatch, $"{length} {name} for {expected} {other}; give one for each of the {other}.");
        }
    }

    public static void Devices(int devices)
    {
        if (devices <= 0)
        {
            throw Error(SchedulingError.NoDevices, $"{devices} devices; a layer needs at least 1.");
        }
    }

    public static void Slots(ReadOnlySpan<int> slots)
    {
        for (int d = 0; d < slots.Length; d++)
        {
            if (slots[d] < 0)
            {
                throw Error(SchedulingError.BadSlots, $"Device {d} has {slots[d]} slots; give 0 or more.");
            }
        }
    }

    public static SchedulingException BadLoad(int expert, double load) =>
        Error(
            SchedulingError.BadLoad,
            $"The load of expert {expert} is {load}; a load is a finite number of tokens, 0 or more. "
            + "Correct the forecast or counter it comes from.");

    public static SchedulingException UnknownName(string what, string name, IReadOnlyList<string> names) =>
        Error(SchedulingError.UnknownName, $"There is no {what} '{name}'; there are {string.Join(", ", names)}.");

    public static SchedulingException Error(SchedulingError error, string message) => new(error, message);
}
