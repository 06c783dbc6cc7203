using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>
/// The reference objective of the vectors: latency + lambda · GB·s + mu · copies that are not there yet; any copy may move.
/// </summary>
internal sealed class AutoObjective : IPlanSpace
{
    private readonly JsonElement _input;
    private readonly double[] _loads;
    private readonly int[] _slots;
    private readonly int[][] _previous;
    private readonly double _gigabyteSeconds;
    private readonly int _most;

    public AutoObjective(JsonElement input)
    {
        _input = input;
        _loads = input.Reals("loads");
        _slots = input.Integers("slots");
        _previous = input.Rows("previous");
        double size = input.GetProperty("expert_gb").GetDouble();
        _gigabyteSeconds = size * input.GetProperty("window_s").GetDouble();
        double budget = Math.Floor((input.GetProperty("budget_gb").GetDouble() + 1e-12) / size);
        _most = (int)Math.Min(input.GetProperty("max_replicas").GetInt32(), budget);
    }

    public bool IsFeasible => _loads.Length <= Math.Min(_most, _slots.Sum());

    public Homes Of(int[][] plan)
    {
        Homes homes = Empty();
        for (int e = 0; e < plan.Length; e++)
        {
            foreach (int device in plan[e])
            {
                homes.Add(e, device);
            }
        }

        return homes;
    }

    public double Value(Homes homes)
    {
        int[][] devices = [.. Enumerable.Range(0, homes.Experts).Select(
            e => Enumerable.Range(0, homes.Devices).Where(d => homes.Has(e, d)).ToArray())];
        LayerPlan plan = VectorJson.PlanOfHomes(devices, homes.Devices);
        double seconds = VectorSplit.Time(_input, _loads, plan, DeviceOverlap.Device, new double[homes.Devices]).Total;
        int added = devices.Select((own, e) => own.Except(_previous[e]).Count()).Sum();
        return seconds
            + (_input.GetProperty("lambda").GetDouble() * plan.Count * _gigabyteSeconds)
            + (_input.GetProperty("mu").GetDouble() * added);
    }

    /// <summary>The best of two descents: from what is there, and from nothing.</summary>
    public double Search() => Math.Min(Descend(_previous), Descend([.. _previous.Select(_ => Array.Empty<int>())]));

    public void Propose(Homes homes, PlanMove move, List<PlanChange> changes)
    {
        for (int e = 0; e < homes.Experts; e++)
        {
            for (int to = 0; to < homes.Devices; to++)
            {
                Propose(homes, move, e, to, changes);
            }
        }
    }

    private static void Propose(Homes homes, PlanMove move, int expert, int device, List<PlanChange> changes)
    {
        if (move == PlanMove.Add && homes.CanAdd(expert, device))
        {
            changes.Add(new PlanChange(expert, PlanChange.Nowhere, device));
        }
        else if (move == PlanMove.Drop && homes.Has(expert, device) && homes.CountOf(expert) > 1)
        {
            changes.Add(new PlanChange(expert, device, PlanChange.Nowhere));
        }
        else if (move is PlanMove.Move or PlanMove.Swap && !homes.Has(expert, device))
        {
            for (int from = 0; from < homes.Devices; from++)
            {
                if (homes.Has(expert, from))
                {
                    ProposeExchange(homes, move, new PlanChange(expert, from, device), changes);
                }
            }
        }
    }

    private static void ProposeExchange(Homes homes, PlanMove move, PlanChange change, List<PlanChange> changes)
    {
        if (move == PlanMove.Move && homes.HasRoom(change.To))
        {
            changes.Add(change);
        }

        for (int other = 0; move == PlanMove.Swap && other < homes.Experts; other++)
        {
            if (homes.Has(other, change.To) && !homes.Has(other, change.From))
            {
                changes.Add(change with { Other = other });
            }
        }
    }

    private Homes Empty()
    {
        Homes homes = new(_loads.Length, _slots.Length);
        homes.Reset(_slots, _most);
        return homes;
    }

    /// <summary>
    /// Starts with at most one copy of each expert of the given homes; experts without one go, largest first, where they cost least.
    /// </summary>
    private double Descend(int[][] start)
    {
        Homes homes = Empty();
        for (int e = 0; e < start.Length; e++)
        {
            foreach (int device in start[e].Where(d => homes.CountOf(e) == 0 && homes.CanAdd(e, d)))
            {
                homes.Add(e, device);
            }
        }

        foreach (int e in Enumerable.Range(0, start.Length).OrderByDescending(e => _loads[e]).Where(e => homes.CountOf(e) == 0))
        {
            homes.Add(e, Enumerable.Range(0, homes.Devices).Where(homes.HasRoom).MinBy(d => Load(homes, d)));
        }

        return new PlanDescent().Run(homes, this, steps: 100);
    }

    private double Load(Homes homes, int device) =>
        Enumerable.Range(0, homes.Experts).Where(e => homes.Has(e, device)).Sum(e => _input.Model().Work(_loads[e]));
}
