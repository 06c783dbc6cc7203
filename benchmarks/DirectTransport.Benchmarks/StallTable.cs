using System.Diagnostics;
using System.Globalization;
using DaprMoE.Models;

namespace DaprMoE.DirectTransport.Benchmarks;

/// <summary>How long eight generations stand still when one of two hosts is killed, or stopped, again and again.</summary>
internal static class StallTable
{
    private const int Faults = 30;
    private const int Tokens = 150;

    public static async Task PrintAsync(string root, string folder)
    {
        using PackedModel model = PackedModel.Open(folder);
        Console.WriteLine("| fault | times | stall ms p50 | p90 | p99 | longest step without a fault ms p50 | generations that ended early |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (string signal in (string[])["KILL", "STOP"])
        {
            await using HostProcesses processes = await HostProcesses.StartAsync(root, folder, count: 2, threads: 1);
            await using ExpertHosts hosts = await processes.ConnectAsync(model, maxRows: 256);
            using HostedEngine engine = new(model, hosts, threads: 1, context: 512, tokenBudget: 256);
            List<double> stalls = [];
            List<double> usual = [];
            int early = 0;
            for (int i = 0; i < Faults; i++)
            {
                (double stall, double before, int ended) = await FaultAsync(engine, processes, signal, model.Description.VocabularySize);
                stalls.Add(stall);
                usual.Add(before);
                early += ended;
                await processes.RestoreAsync(1, signal);
                while (!hosts.Hosts[1].IsAlive)
                {
                    await Task.Delay(10);
                }
            }

            stalls.Sort();
            usual.Sort();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| SIG{signal} | {Faults} | {stalls[Faults / 2]:0} | {stalls[Faults * 9 / 10]:0} | {stalls[^1]:0} | {usual[Faults / 2]:0} | {early} |"));
        }
    }

    private static async Task<(double Stall, double Usual, int Early)> FaultAsync(HostedEngine engine, HostProcesses processes, string signal, int vocabulary)
    {
        Lock gate = new();
        long last = Stopwatch.GetTimestamp();
        double most = 0;
        int steps = 0;
        Task<int>[] running = [.. Enumerable.Range(0, 8).Select(i => engine.RunAsync(1 + (i * 5), Tokens, vocabulary, Step))];
        while (Volatile.Read(ref steps) < 300)
        {
            await Task.Delay(1);
        }

        double usual;
        lock (gate)
        {
            (usual, most) = (most, 0);
        }

        processes.Signal(1, signal);
        int[] tokens = await Task.WhenAll(running);
        return (most, usual, tokens.Count(count => count != Tokens));

        void Step()
        {
            lock (gate)
            {
                long now = Stopwatch.GetTimestamp();
                most = steps < 9 ? 0 : Math.Max(most, Stopwatch.GetElapsedTime(last, now).TotalMilliseconds);
                last = now;
                steps++;
            }
        }
    }
}
