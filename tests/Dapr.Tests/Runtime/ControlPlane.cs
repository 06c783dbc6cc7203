namespace DaprMoE.Dapr.Tests;

/// <summary>Placement and scheduler, for all tests of this program.</summary>
public sealed class ControlPlane : IAsyncLifetime
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly List<ChildProcess> _processes = [];

    /// <summary>Where the runtime, the sidecars' state and the scheduler's jobs are.</summary>
    internal string Folder { get; } = Directory.CreateTempSubdirectory("daprmoe-dapr-tests-").FullName;

    internal DaprRuntime? Runtime { get; } = DaprRuntime.Find();

    internal string PlacementAddress { get; private set; } = "";

    internal string SchedulerAddress { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (Runtime is not null)
        {
            PlacementAddress = await StartAsync(Runtime.Placement, (port, health) =>
            [
                "--port", port, "--listen-address", "127.0.0.1", "--healthz-port", health, "--enable-metrics=false",
                "--initial-cluster", $"dapr-placement-0=127.0.0.1:{FreePort.Next()}",
            ]);
            SchedulerAddress = await StartAsync(Runtime.Scheduler, (port, health) =>
            [
                "--port", port, "--listen-address", "127.0.0.1", "--healthz-port", health, "--enable-metrics=false",
                "--etcd-data-dir", Path.Combine(Folder, "etcd"), "--etcd-client-port", FreePort.Next(),
                "--etcd-initial-cluster", $"dapr-scheduler-server-0=http://localhost:{FreePort.Next()}",
                "--identity-directory-write", Path.Combine(Folder, "tls"),
            ]);
        }
    }

    public ValueTask DisposeAsync()
    {
        _processes.ForEach(process => process.Dispose());
        _http.Dispose();
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Starts a sidecar without an app port and with a state of its own: workers need no more.</summary>
    internal Task<Sidecar> StartSidecarAsync(string appId)
    {
        string resources = Directory.CreateDirectory(Path.Combine(Folder, appId, "resources")).FullName;
        File.WriteAllText(Path.Combine(resources, "state.yaml"), StateComponent(Path.Combine(Folder, appId, "state.db")));
        return StartSidecarAsync(new SidecarSettings(appId, [resources]));
    }

    /// <summary>Starts a sidecar; returns when it answers, whether its app is there or not.</summary>
    internal async Task<Sidecar> StartSidecarAsync(SidecarSettings settings)
    {
        Sidecar sidecar = new(this, settings);
        await Until.AnswersAsync(_http, sidecar.HealthAddress, sidecar.Process);
        return sidecar;
    }

    private async Task<string> StartAsync(string program, Func<string, string, string[]> arguments)
    {
        (string port, string health) = (FreePort.Next(), FreePort.Next());
        ChildProcess process = new(program, arguments(port, health), ("DAPR_HOST_IP", "127.0.0.1"));
        _processes.Add(process);
        await Until.AnswersAsync(_http, $"http://127.0.0.1:{health}/healthz", process);
        return $"127.0.0.1:{port}";
    }

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
