using System.Collections.Concurrent;

namespace DaprMoE.Models.Tests;

public sealed class ParallelJobsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Run_ManyJobs_RunsEachOnceAndNoneOnTheThreadPool()
    {
        ConcurrentBag<int> done = [];
        ConcurrentBag<bool> pooled = [];
        ParallelJobs<int>.Run(
            Enumerable.Range(0, 1000),
            threads: 3,
            job =>
            {
                done.Add(job);
                pooled.Add(Thread.CurrentThread.IsThreadPoolThread);
            },
            Cancel);
        Assert.Equal(Enumerable.Range(0, 1000), done.Order());
        Assert.DoesNotContain(true, pooled);
    }

    [Fact]
    public void Run_Threads_WorkAtTheSameTime()
    {
        using Barrier all = new(3);
        ParallelJobs<int>.Run(
            Enumerable.Range(0, 3), threads: 3, _ => Assert.True(all.SignalAndWait(TimeSpan.FromSeconds(20), Cancel)), Cancel);
    }

    [Fact]
    public void Run_JobFails_ThrowsItsFaultAndBeginsNoOther()
    {
        int begun = 0;
        InvalidDataException fault = new("broken");
        InvalidDataException thrown = Assert.Throws<InvalidDataException>(() => ParallelJobs<int>.Run(
            Enumerable.Range(0, 1000),
            threads: 1,
            _ =>
            {
                if (++begun == 3)
                {
                    throw fault;
                }
            },
            Cancel));
        Assert.Same(fault, thrown);
        Assert.Equal(3, begun);
    }

    [Fact]
    public void Run_JobsThemselvesFail_ThrowsTheirFault()
    {
        Assert.Throws<InvalidDataException>(() => ParallelJobs<int>.Run(Broken(), threads: 2, _ => { }, Cancel));

        static IEnumerable<int> Broken()
        {
            yield return 1;
            throw new InvalidDataException("broken");
        }
    }

    [Fact]
    public void Run_Cancelled_BeginsNoOtherAndThrows()
    {
        using CancellationTokenSource stop = new();
        int begun = 0;
        OperationCanceledException thrown = Assert.ThrowsAny<OperationCanceledException>(() => ParallelJobs<int>.Run(
            Enumerable.Range(0, 1000),
            threads: 1,
            _ =>
            {
                begun++;
                stop.Cancel();
            },
            stop.Token));
        Assert.Equal(stop.Token, thrown.CancellationToken);
        Assert.Equal(1, begun);
    }
}
