namespace DaprMoE.Cli;

/// <summary>The parts that <c>dapr/dapr.yaml</c> takes for granted, on the ports that it, its configuration and the components name.</summary>
internal static class BackgroundParts
{
    private const string Loopback = "127.0.0.1";
    private const string DaprInit = "`dapr init --slim` installs it in ~/.dapr/bin.";

    public static IReadOnlyList<BackgroundPart> All { get; } = [Placement(), Scheduler(), Redis(), Jaeger()];

    private static BackgroundPart Placement() => new("placement", ["placement"], 50005, DaprInit)
    {
        Arguments = _ =>
        [
            "--port", "50005", "--listen-address", Loopback, "--healthz-port", "58080", "--enable-metrics=false",
            "--initial-cluster", $"dapr-placement-0={Loopback}:58201",
        ],
    };

    private static BackgroundPart Scheduler() => new("scheduler", ["scheduler"], 50006, DaprInit)
    {
        Arguments = folder =>
        [
            "--port", "50006", "--listen-address", Loopback, "--healthz-port", "58081", "--enable-metrics=false",
            "--etcd-data-dir", Path.Combine(folder, "scheduler"), "--etcd-client-port", "52379",
            "--etcd-initial-cluster", "dapr-scheduler-server-0=http://localhost:52380",
            "--identity-directory-write", Path.Combine(folder, "tls"),
        ],
        Variables = new Dictionary<string, string> { ["DAPR_HOST_IP"] = Loopback },
    };

    private static BackgroundPart Redis() =>
        new("redis", ["redis-server"], 6379, "`apt-get install redis-server` (Debian, Ubuntu) or `brew install redis` (macOS) installs it.")
        {
            Arguments = _ => ["--port", "6379", "--bind", Loopback, "--save", "", "--appendonly", "no"],
        };

    /// <summary>Told by variables where to listen: Jaeger 1 would listen on all addresses, Jaeger 2 knows loopback by itself.</summary>
    private static BackgroundPart Jaeger() =>
        new("jaeger", ["jaeger", "jaeger-all-in-one"], 4317, "Unpack it from https://www.jaegertracing.io/download into a folder of PATH.")
        {
            LostWithout = "the services run without traces",
            Variables = new Dictionary<string, string>
            {
                ["COLLECTOR_OTLP_GRPC_HOST_PORT"] = $"{Loopback}:4317",
                ["COLLECTOR_OTLP_HTTP_HOST_PORT"] = $"{Loopback}:4318",
                ["COLLECTOR_GRPC_SERVER_HOST_PORT"] = $"{Loopback}:14250",
                ["COLLECTOR_HTTP_SERVER_HOST_PORT"] = $"{Loopback}:14268",
                ["QUERY_HTTP_SERVER_HOST_PORT"] = $"{Loopback}:16686",
                ["QUERY_GRPC_SERVER_HOST_PORT"] = $"{Loopback}:16685",
                ["ADMIN_HTTP_HOST_PORT"] = $"{Loopback}:14269",
            },
        };
}
