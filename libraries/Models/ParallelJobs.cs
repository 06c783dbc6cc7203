using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace DaprMoE.Models;

/// <summary>
/// Runs jobs on several threads. Each thread takes the next job when it is free; the first fault ends all and is thrown as it was.
/// </summary>
internal static class ParallelJobs
{
    public static void Run<T>(IEnumerable<T> jobs, int threads, Action<T> run, CancellationToken cancellation)
    {
        ParallelOptions options = new() { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(Partitioner.Create(jobs, EnumerablePartitionerOptions.NoBuffering), options, run);
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }
}
