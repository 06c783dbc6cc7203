using System.Runtime.ExceptionServices;

namespace DaprMoE.Models;

/// <summary>
/// Runs jobs on threads of their own, so that minutes of work leave the thread pool to those who need it. Each thread takes the next job
/// when it is free; the first fault ends all and is thrown as it was.
/// </summary>
internal sealed class ParallelJobs<T>
{
    private readonly Lock _turn = new();
    private readonly IEnumerator<T> _jobs;
    private readonly Action<T> _run;
    private readonly CancellationToken _cancellation;
    private ExceptionDispatchInfo? _fault;

    private ParallelJobs(IEnumerator<T> jobs, Action<T> run, CancellationToken cancellation)
    {
        _jobs = jobs;
        _run = run;
        _cancellation = cancellation;
    }

    /// <summary>Runs all jobs and returns when they are done.</summary>
    /// <param name="jobs">The jobs, taken one by one.</param>
    /// <param name="threads">Threads; at least one is used.</param>
    /// <param name="run">Runs a job.</param>
    /// <param name="cancellation">Lets no further job begin.</param>
    public static void Run(IEnumerable<T> jobs, int threads, Action<T> run, CancellationToken cancellation)
    {
        using IEnumerator<T> source = jobs.GetEnumerator();
        ParallelJobs<T> team = new(source, run, cancellation);
        List<Thread> started = [];
        try
        {
            for (int i = 0; i < Math.Max(1, threads); i++)
            {
                Thread thread = new(team.Work) { IsBackground = true, Name = $"model files {i}" };
                thread.Start();
                started.Add(thread);
            }
        }
        catch (Exception fault) when (fault is OutOfMemoryException or ThreadStartException)
        {
            team.End(fault);
        }

        started.ForEach(thread => thread.Join());
        team._fault?.Throw();
        cancellation.ThrowIfCancellationRequested();
    }

    private void Work()
    {
        try
        {
            while (TryTake(out T job))
            {
                _run(job);
            }
        }
#pragma warning disable CA1031 // Thrown again by the thread that waits for this one.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            End(fault);
        }
    }

    private bool TryTake(out T job)
    {
        lock (_turn)
        {
            bool taken = _fault is null && !_cancellation.IsCancellationRequested && _jobs.MoveNext();
            job = taken ? _jobs.Current : default!;
            return taken;
        }
    }

    private void End(Exception fault)
    {
        lock (_turn)
        {
            _fault ??= ExceptionDispatchInfo.Capture(fault);
        }
    }
}
