namespace DaprMoE.Scheduling;

/// <summary>How EPLB divides a layer.</summary>
/// <param name="Replicas">Replicas of a layer on all devices together; a multiple of the devices.</param>
/// <param name="Groups">Groups of experts that stay on one node; 1 for the global policy.</param>
/// <param name="Nodes">Nodes; 1 for the global policy. Where they do not divide the groups the global policy is used.</param>
/// <param name="Devices">Devices on all nodes together; a multiple of the nodes.</param>
public readonly record struct EplbShape(int Replicas, int Groups, int Nodes, int Devices)
{
    internal EplbShape Resolve(int experts)
    {
        if (experts == 0)
        {
            throw Check.Error(SchedulingError.NoExperts, $"The layer has no experts; EPLB needs the load of at least one.");
        }

        if (Groups <= 0 || Nodes <= 0 || Devices <= 0)
        {
            throw Check.Error(
                SchedulingError.BadShape, $"{Groups} groups, {Nodes} nodes, {Devices} devices; EPLB needs at least 1 of each.");
        }

        EplbShape shape = Groups % Nodes == 0 ? this : this with { Groups = 1, Nodes = 1 };
        if (experts % shape.Groups != 0 || Devices % shape.Nodes != 0 || Replicas % Devices != 0)
        {
            throw Check.Error(
                SchedulingError.NotDivisible,
                $"EPLB needs groups that divide experts ({experts} / {shape.Groups}), nodes that divide devices "
                + $"({Devices} / {shape.Nodes}) and devices that divide replicas ({Replicas} / {Devices}).");
        }

        if (Replicas < experts)
        {
            throw Check.Error(
                SchedulingError.TooFewReplicas,
                $"There is room for {Replicas} replicas and the layer has {experts} experts; EPLB needs one of each. "
                + "Add memory or use static, moeless or auto.");
        }

        return shape;
    }
}
