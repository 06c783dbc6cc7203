using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DaprMoE.NumericsProbe;

namespace DaprMoE.Inference.Tests;

/// <summary>
/// Logits in child processes whose vector extensions are switched off. Each child first says what runs in hardware, so that a switch without
/// effect fails instead of proving nothing.
/// </summary>
public sealed class VectorSwitchTests
{
    private static readonly string[] Models = ["qwen3_moe", "qwen3_moe-tail"];

    [Theory]
    [InlineData("DOTNET_PreferredVectorBitWidth", "256", "512=False 256=True 128=True fma=True")]
    [InlineData("DOTNET_PreferredVectorBitWidth", "128", "512=False 256=False 128=True fma=True")]
    [InlineData("DOTNET_EnableAVX512", "0", "512=False 256=True 128=True fma=True")]
    [InlineData("DOTNET_EnableAVX2", "0", "512=False 256=False 128=True fma=False")]
    public async Task Logits_ExtensionsOff_AreTheSameBits(string variable, string value, string expectedHardware)
    {
        Assert.SkipUnless(Vector512.IsHardwareAccelerated && Fma.IsSupported, "This processor has no 512-bit vectors to switch off.");
        string[] folders = [.. Models.Select(TestModels.Folder)];
        string[] lines = await RunProbeAsync(variable, value, folders);
        Assert.Equal(expectedHardware, lines[0]);
        Assert.Equal(folders.Select(LogitProbe.Hash), lines[1..]);
    }

    private static async Task<string[]> RunProbeAsync(string variable, string value, string[] folders)
    {
        ProcessStartInfo start = new("dotnet", [typeof(LogitProbe).Assembly.Location, .. folders]) { RedirectStandardOutput = true };
        start.Environment[variable] = value;
        using Process probe = Process.Start(start)!;
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        string output = await probe.StandardOutput.ReadToEndAsync(deadline.Token);
        await probe.WaitForExitAsync(deadline.Token);
        Assert.Equal(0, probe.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
