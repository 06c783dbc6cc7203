namespace DaprMoE.Dapr.Tests;

/// <summary>A real sidecar with a state store of its own.</summary>
internal sealed class Sidecar : IDisposable
{
    private readonly string _http = FreePort.Next();

    private readonly Func<ChildProcess> _start;

    public Sidecar(ControlPlane controlPlane, string appId)
    {
        Journal = Directory.CreateDirectory(Path.Combine(controlPlane.Folder, appId)).FullName;
        string resources = Directory.CreateDirectory(Path.Combine(Journal, "resources")).FullName;
        File.WriteAllText(Path.Combine(resources, "state.yaml"), StateComponent(Path.Combine(Journal, "state.db")));
        string[] arguments =
        [
            "--app-id", appId, "--dapr-http-port", _http, "--dapr-grpc-port", GrpcPort, "--dapr-internal-grpc-port", FreePort.Next(),
            "--dapr-listen-addresses", "127.0.0.1", "--dapr-internal-grpc-listen-address", "127.0.0.1", "--enable-metrics=false",
            "--placement-host-address", controlPlane.PlacementAddress, "--scheduler-host-address", controlPlane.SchedulerAddress,
            "--resources-path", resources, "--max-body-size", "64Mi",
        ];
        _start = () => new ChildProcess(controlPlane.Runtime!.Daprd, arguments, ("DAPR_HOST_IP", "127.0.0.1"));
        Process = _start();
    }

    public ChildProcess Process { get; private set; }

    public string GrpcPort { get; } = FreePort.Next();

    /// <summary>A folder for what workers of this sidecar write.</summary>
    public string Journal { get; }

    public string HealthAddress => $"http://127.0.0.1:{_http}/v1.0/healthz/outbound";

    /// <summary>Kills it and starts it anew, on the same ports and the same state.</summary>
    public void StartAgain()
    {
        Process.Dispose();
        Process = _start();
    }

    public void Dispose() => Process.Dispose();

    private static string StateComponent(string file) => $$"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: {name: statestore}
        spec:
          type: state.sqlite
          version: v1
          metadata:
          - {name: connectionString, value: "{{file}}"}
          - {name: busyTimeout, value: "5s"}
          - {name: actorStateStore, value: "true"}
        """;
}
