namespace DaprMoE.Autoscaler;

internal sealed partial class AutoscalerLoop
{
    [LoggerMessage(2101, LogLevel.Information, "Plan {Version} by {Policy}: {Replicas} replicas on {Devices} devices.")]
    private partial void LogPlanned(long version, string policy, int replicas, int devices);

    [LoggerMessage(2102, LogLevel.Information, "Plan {Version} is dropped: another one came first.")]
    private partial void LogOvertaken(long version);

    [LoggerMessage(2103, LogLevel.Warning, "Policy {Policy} makes no plan for this box, the plan in force stays: {Fault}")]
    private partial void LogRefusedPolicy(string policy, string fault);

    [LoggerMessage(2104, LogLevel.Warning, "{Fault}")]
    private partial void LogRefusedDocument(string fault);
}
