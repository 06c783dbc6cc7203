using System.Diagnostics;
using System.Globalization;

namespace DaprMoE.Residency.Benchmarks;

/// <summary>A memory cgroup, of version 1 or 2, that holds a process as a whole; removed in the end.</summary>
internal sealed class MemoryGroup : IDisposable
{
    private readonly string _folder;

    private MemoryGroup(string folder) => _folder = folder;

    /// <summary>Makes a group with a limit; null, with the reason, where none can be made.</summary>
    public static MemoryGroup? TryCreate(long limitBytes, out string reason)
    {
        (string root, string limit, bool isV2) = Directory.Exists("/sys/fs/cgroup/memory")
            ? ("/sys/fs/cgroup/memory", "memory.limit_in_bytes", false)
            : ("/sys/fs/cgroup", "memory.max", true);
        string folder = Path.Combine(root, $"daprmoe-bench-{Environment.ProcessId}");
        try
        {
            if (isV2)
            {
                File.WriteAllText(Path.Combine(root, "cgroup.subtree_control"), "+memory");
            }

            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, limit), limitBytes.ToString(CultureInfo.InvariantCulture));
            reason = "";
            return new MemoryGroup(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            reason = $"No memory cgroup can be made in {root}: {fault.Message}";
            return null;
        }
    }

    /// <summary>A command that runs in the group from its first instruction on.</summary>
    public ProcessStartInfo Command(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new("/bin/sh") { RedirectStandardOutput = true };
        string[] all = ["-c", "echo $$ > \"$0\" && exec \"$@\"", Path.Combine(_folder, "cgroup.procs"), program, .. arguments];
        Array.ForEach(all, start.ArgumentList.Add);
        return start;
    }

    public void Dispose()
    {
        // The kernel lets go of a group some moments after its last process has ended.
        if (!SpinWait.SpinUntil(TryRemove, TimeSpan.FromSeconds(5)))
        {
            Console.Error.WriteLine($"{_folder} could not be removed.");
        }
    }

    private bool TryRemove()
    {
        try
        {
            Directory.Delete(_folder);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
