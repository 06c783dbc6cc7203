namespace DaprMoE.Torch.Benchmarks;

/// <summary>How busy the machine is with other work: threads that run or wait to, over the last 1, 5 and 15 minutes.</summary>
internal static class MachineLoad
{
    public static string Text() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);
}
