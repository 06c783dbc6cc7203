namespace DaprMoE.Scheduling;

/// <summary>Names of policies that other parts speak of.</summary>
public static class PolicyNames
{
    /// <summary>Plain expert parallelism: each expert on its home device, for good.</summary>
    public const string Static = "static";
}
