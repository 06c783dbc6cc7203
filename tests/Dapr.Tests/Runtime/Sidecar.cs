namespace DaprMoE.Dapr.Tests;

/// <summary>A real sidecar.</summary>
internal sealed class Sidecar : IDisposable
{
    private readonly Func<ChildProcess> _start;

    public Sidecar(ControlPlane controlPlane, SidecarSettings settings)
    {
        Settings = settings;
        Journal = Directory.CreateDirectory(Path.Combine(controlPlane.Folder, settings.AppId)).FullName;
        string[] arguments = [.. Arguments(controlPlane)];
        (string, string)[] environment =
        [
            ("DAPR_HOST_IP", "127.0.0.1"), ("DAPR_API_TOKEN", settings.ApiToken ?? ""), ("APP_API_TOKEN", settings.AppToken ?? ""),
            .. settings.Environment,
        ];
        _start = () => new ChildProcess(controlPlane.Runtime!.Daprd, arguments, environment);
        Process = _start();
    }

    public SidecarSettings Settings { get; }

    public ChildProcess Process { get; private set; }

    public string HttpPort { get; } = FreePort.Next();

    public string GrpcPort { get; } = FreePort.Next();

    /// <summary>A folder for what workers of this sidecar write.</summary>
    public string Journal { get; }

    public string Address => $"http://127.0.0.1:{HttpPort}";

    public string HealthAddress => Address + "/v1.0/healthz/outbound";

    /// <summary>Kills it and starts it anew, on the same ports and the same state.</summary>
    public void StartAgain()
    {
        Process.Dispose();
        Process = _start();
    }

    public void Dispose() => Process.Dispose();

    private IEnumerable<string> Arguments(ControlPlane controlPlane) =>
    [
        "--app-id", Settings.AppId,
        "--dapr-http-port", HttpPort, "--dapr-grpc-port", GrpcPort, "--dapr-internal-grpc-port", FreePort.Next(),
        "--dapr-listen-addresses", "127.0.0.1", "--dapr-internal-grpc-listen-address", "127.0.0.1", "--enable-metrics=false",
        "--placement-host-address", controlPlane.PlacementAddress, "--scheduler-host-address", controlPlane.SchedulerAddress,
        "--max-body-size", Settings.MaxBodySize,
        .. Settings.Resources.SelectMany(folder => new[] { "--resources-path", folder }),
        .. Settings.AppPort is { } app ? ["--app-port", app] : Array.Empty<string>(),
        .. Settings.Configuration is { } file ? ["--config", file] : Array.Empty<string>(),
    ];
}
