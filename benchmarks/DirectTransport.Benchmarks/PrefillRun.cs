using System.Diagnostics;
using System.Globalization;
using DaprMoE.Models;

namespace DaprMoE.DirectTransport.Benchmarks;

/// <summary>A prompt of 4,096 tokens while both hosts and the gateway compute on all cores: nobody may be taken for dead.</summary>
internal static class PrefillRun
{
    private const int Prompt = 4096;

    public static async Task PrintAsync(string root, string folder)
    {
        using PackedModel model = PackedModel.Open(folder);
        int threads = Environment.ProcessorCount;
        await using HostProcesses processes = await HostProcesses.StartAsync(root, folder, count: 2, threads);
        await using ExpertHosts hosts = await processes.ConnectAsync(model, maxRows: 512);
        using HostedEngine engine = new(model, hosts, threads, context: Prompt + 16, tokenBudget: 512);
        long start = Stopwatch.GetTimestamp();
        await engine.RunAsync(Prompt, tokens: 4, model.Description.VocabularySize, () => { });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Prompt} tokens over 2 hosts of {threads} threads in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s; "
            + $"hosts lost meanwhile: {processes.Log.Lost}; alive: {hosts.Hosts.Count(host => host.IsAlive)}"));
    }
}
