namespace DaprMoE.Scheduling;

/// <summary>Names of states and reasons as metrics, logs and answers show them.</summary>
public static class ResidencyNames
{
    private static readonly string[] States = Kebab<ReplicaState>();
    private static readonly string[] Reasons = Kebab<ResidencyReason>();
    private static readonly string[] Refusals = Kebab<RefusalReason>();

    /// <summary>Such as <c>warm</c>.</summary>
    public static string Name(this ReplicaState state) => States[(int)state];

    /// <summary>Such as <c>keep-alive</c>.</summary>
    public static string Name(this ResidencyReason reason) => Reasons[(int)reason];

    /// <summary>Such as <c>no-room</c>.</summary>
    public static string Name(this RefusalReason reason) => Refusals[(int)reason];

    private static string[] Kebab<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName)];
}
