namespace DaprMoE.Scheduling;

/// <summary>Holds the routing table that is in force. It is swapped as a whole: a reader takes it once and works on one snapshot.</summary>
/// <param name="first">The table to begin with.</param>
public sealed class Routes(RoutingTable first)
{
    private RoutingTable _current = first;

    /// <summary>The table in force.</summary>
    public RoutingTable Current => Volatile.Read(ref _current);

    /// <summary>Puts another table in force.</summary>
    public void Replace(RoutingTable table) => Volatile.Write(ref _current, table);
}
