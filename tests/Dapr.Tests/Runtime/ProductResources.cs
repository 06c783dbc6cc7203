using System.Globalization;

namespace DaprMoE.Dapr.Tests;

/// <summary>The repository's components and configuration, with the ports and files of the tests put in.</summary>
internal static class ProductResources
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Settings of a sidecar of the product.</summary>
    /// <param name="controlPlane">Where its files go.</param>
    /// <param name="appId">One of the product's app-ids; components are scoped to them.</param>
    /// <param name="redisPort">Where Redis is; 0: nowhere.</param>
    /// <param name="components">The set of components.</param>
    /// <param name="state">Names the state that the sidecars share.</param>
    public static SidecarSettings Settings(
        ControlPlane controlPlane, string appId, int redisPort, string components = "local", string state = "shared")
    {
        (string From, string To)[] values =
        [
            ("127.0.0.1:6379", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{redisPort}")),
            ("redis:6379", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{redisPort}")),
            (".dapr/daprmoe.db", Path.Combine(controlPlane.Folder, $"{state}.db")),
            (".dapr/names.db", Path.Combine(controlPlane.Folder, "names.db")),
        ];
        string folder = Directory.CreateDirectory(Path.Combine(controlPlane.Folder, $"{components}-{state}")).FullName;
        foreach (string file in Directory.GetFiles(Path.Combine(Root, "components", components)))
        {
            Write(file, folder, values);
        }

        Write(Path.Combine(Root, "dapr", "resiliency.yaml"), folder, values);
        string configuration = Write(Path.Combine(Root, "dapr", "config.yaml"), controlPlane.Folder, values);
        return new SidecarSettings(appId, [folder]) { Configuration = configuration, AppPort = FreePort.Next() };
    }

    private static string Write(string file, string folder, (string From, string To)[] values)
    {
        string target = Path.Combine(folder, Path.GetFileName(file));
        string text = values.Aggregate(File.ReadAllText(file), (all, value) => all.Replace(value.From, value.To, StringComparison.Ordinal));
        // Sidecars that are being started read these files.
        if (!File.Exists(target) || File.ReadAllText(target) != text)
        {
            File.WriteAllText(target, text);
        }

        return target;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DaprMoE.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds DaprMoE.sln.");
    }
}
