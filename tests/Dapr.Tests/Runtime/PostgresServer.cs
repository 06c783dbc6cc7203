using System.Diagnostics;

namespace DaprMoE.Dapr.Tests;

/// <summary>A PostgreSQL of its own, in a folder that goes with it.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Missing = "No PostgreSQL in /usr/lib/postgresql. On Debian `apt-get install postgresql` installs it.";
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"daprmoe-postgres-{Guid.NewGuid():N}");
    private readonly string _port = FreePort.Next();
    private ChildProcess? _process;

    internal bool IsThere => _process is not null;

    internal string ConnectionString => $"host=127.0.0.1 port={_port} user=postgres dbname=postgres sslmode=disable";

    public async ValueTask InitializeAsync()
    {
        if (FindPrograms() is not { } programs)
        {
            return;
        }

        using (ChildProcess initialised = new(AsItsUser(
            Path.Combine(programs, "initdb"), "-D", _folder, "-A", "trust", "-U", "postgres", "--no-sync")))
        {
            await Until.TrueAsync(() => initialised.HasExited, () => initialised.Output);
        }

        _process = new ChildProcess(AsItsUser(
            Path.Combine(programs, "postgres"), "-D", _folder, "-k", _folder, "-h", "127.0.0.1", "-p", _port, "-c", "fsync=off"));
        await Until.TrueAsync(
            () => _process.Output.Contains("ready to accept connections", StringComparison.Ordinal), () => _process.Output);
    }

    public ValueTask DisposeAsync()
    {
        _process?.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Skips the test where there is no PostgreSQL.</summary>
    internal void Require() => TestNeeds.Require("postgres", IsThere, Missing);

    private static string? FindPrograms()
    {
        const string Root = "/usr/lib/postgresql";
        return Directory.Exists(Root)
            ? Directory.GetDirectories(Root).Select(version => Path.Combine(version, "bin")).LastOrDefault(
                bin => File.Exists(Path.Combine(bin, "postgres")))
            : null;
    }

    /// <summary>It refuses to run as root.</summary>
    private static ProcessStartInfo AsItsUser(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", program, .. arguments])
        : new ProcessStartInfo(program, arguments);
}
