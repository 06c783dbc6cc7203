using System.Diagnostics;

namespace DaprMoE.Dashboard.Benchmarks;

/// <summary>Somebody who looks at the dashboard.</summary>
internal static class Viewer
{
    /// <summary>Opens it in a Chromium without a window.</summary>
    public static Process Open(Uri address)
    {
        string profile = Directory.CreateTempSubdirectory("daprmoe-viewer-").FullName;
        return Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? "chromium",
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", $"--user-data-dir={profile}", address.ToString()])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
    }
}
