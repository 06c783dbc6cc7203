namespace DaprMoE.Dashboard;

/// <summary>The states of a replica, as the API names them.</summary>
public static class ReplicaStates
{
    /// <summary>Its weights are on their way.</summary>
    public const string Loading = "loading";

    /// <summary>It can be called.</summary>
    public const string Warm = "warm";

    /// <summary>It is being called.</summary>
    public const string Busy = "busy";

    /// <summary>It ends its calls and takes no new ones.</summary>
    public const string Draining = "draining";
}
