using System.Diagnostics;

namespace DaprMoE.Tensors;

/// <summary>Every worker repeats a loop until time is up.</summary>
internal readonly struct ProbeJob(ProbeLoop loop, TimeSpan duration, double[] work) : IWorkerJob
{
    public double TotalWork => work.Sum();

    public void Execute(int worker, int workers)
    {
        var start = Stopwatch.GetTimestamp();
        var done = 0.0;
        for (var index = 0L; Stopwatch.GetElapsedTime(start) < duration; index++)
        {
            done += loop.Run(worker, workers, index);
        }

        work[worker] = done;
    }
}
