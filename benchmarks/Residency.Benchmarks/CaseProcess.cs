using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace DaprMoE.Residency.Benchmarks;

/// <summary>Runs a case in a process of its own.</summary>
internal sealed class CaseProcess(string model, int tokens, bool pastFileCache)
{
    /// <summary>The result; null with the reason when the case can't run.</summary>
    /// <param name="what">The case.</param>
    /// <param name="limitBytes">Memory of the whole process; null without a limit.</param>
    /// <param name="reason">Why there is no result.</param>
    public CaseResult? Run(MemoryCase what, long? limitBytes, out string reason)
    {
        reason = "";
        string[] arguments =
        [
            "--case", model, what.Keeping.ToString(), Text(what.Rows), Text(what.Percent), Text(what.Skew), Text(tokens),
            pastFileCache ? "past" : "cached",
        ];
        if (limitBytes is not { } limit)
        {
            ProcessStartInfo start = new(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true };
            return Run(start, ref reason);
        }

        using MemoryGroup? group = MemoryGroup.TryCreate(limit, out reason);
        return group is null ? null : Run(group.Command(Environment.ProcessPath!, arguments), ref reason);
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static CaseResult? Run(ProcessStartInfo start, ref string reason)
    {
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            reason = process.ExitCode == 137 ? "killed for want of memory" : $"ended with {process.ExitCode}";
            return null;
        }

        return JsonSerializer.Deserialize<CaseResult>(output);
    }
}
