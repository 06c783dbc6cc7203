using System.Runtime.CompilerServices;

namespace DaprMoE.Cli.Tests;

/// <summary>
/// Compares text with a file beside this one. With <c>DAPRMOE_UPDATE_SNAPSHOTS=1</c> the file is written instead; review the difference.
/// </summary>
internal static class Snapshot
{
    public static void Match(string actual, [CallerMemberName] string name = "")
    {
        string path = Path.Combine(Repository.Root, "tests", "Cli.Tests", "Snapshots", name + ".txt");
        if (Environment.GetEnvironmentVariable("DAPRMOE_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"There is no snapshot {path}. Run the test with DAPRMOE_UPDATE_SNAPSHOTS=1 to write it.");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
