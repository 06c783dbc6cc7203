namespace DaprMoE.Tensors.Tests;

public unsafe class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Run_ManyTimes_EveryWorkerRunsOncePerJob(int workers)
    {
        using var pool = new WorkerPool(workers);
        var counts = new int[workers];
        for (var i = 1; i <= 20_000; i++)
        {
            var job = new CountingJob(counts);
            pool.Run(ref job);
            Assert.All(counts, count => Assert.Equal(i, count));
        }
    }

    [Fact]
    public void Run_WhileWorkersParkOrAreParked_WakesThem()
    {
        using var pool = new WorkerPool(3);
        var counts = new int[3];
        for (var i = 1; i <= 300; i++)
        {
            // Alternately before, around and after the moment of parking.
            var parked = (i % 3) switch { 0 => 0, 1 => 1, _ => 2 };
            Assert.True(SpinWait.SpinUntil(() => pool.ParkedWorkers >= parked, TimeSpan.FromSeconds(10)));
            var job = new CountingJob(counts);
            pool.Run(ref job);
            Assert.All(counts, count => Assert.Equal(i, count));
        }
    }

    [Fact]
    public void Run_SlowWorker_CallerWaitsForIt()
    {
        using var pool = new WorkerPool(2);
        var job = new WaitForParkedCallerJob(pool);
        pool.Run(ref job);
        Assert.True(job.WorkerFinished);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_WorkerThrows_CallerGetsItAndThePoolGoesOn(int thrower)
    {
        using var pool = new WorkerPool(3);
        var counts = new int[3];
        for (var i = 1; i <= 50; i++)
        {
            var failing = new ThrowingJob(thrower, counts);
            var error = Assert.Throws<InvalidDataException>(() => pool.Run(ref failing));
            Assert.Equal($"worker {thrower}", error.Message);
            var job = new CountingJob(counts);
            pool.Run(ref job);
            Assert.All(counts, count => Assert.Equal(2 * i, count));
        }
    }

    [Fact]
    public void Run_InsideAJob_IsRefused()
    {
        using var pool = new WorkerPool(2);
        var job = new NestingJob(pool);
        Assert.Throws<InvalidOperationException>(() => pool.Run(ref job));
    }

    [Fact]
    public void Run_ManyCallers_TakeTurns()
    {
        using var pool = new WorkerPool(2);
        var counts = new int[2];
        var callers = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                var job = new CountingJob(counts);
                pool.Run(ref job);
            }
        })).ToArray();
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());
        Assert.Equal([2000, 2000], counts);
    }

    [Fact]
    public void Run_Repeated_AllocatesNothing()
    {
        using var pool = new WorkerPool(2);
        var job = new CountingJob(new int[2]);
        pool.Run(ref job);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            pool.Run(ref job);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Dispose_ThenRun_IsRefused()
    {
        var pool = new WorkerPool(2, pin: true);
        pool.Dispose();
        pool.Dispose();
        var job = new CountingJob(new int[2]);
        Assert.Throws<ObjectDisposedException>(() => pool.Run(ref job));
    }

    private readonly struct CountingJob(int[] counts) : IWorkerJob
    {
        public void Execute(int worker, int workers)
        {
            counts[worker] += counts.Length == workers ? 1 : workers;
        }
    }

    private readonly struct ThrowingJob(int thrower, int[] counts) : IWorkerJob
    {
        public void Execute(int worker, int workers)
        {
            counts[worker]++;
            if (worker == thrower)
            {
                throw new InvalidDataException($"worker {worker}");
            }
        }
    }

    private readonly struct NestingJob(WorkerPool pool) : IWorkerJob
    {
        public void Execute(int worker, int workers)
        {
            var inner = new CountingJob(new int[2]);
            pool.Run(ref inner);
        }
    }

    private struct WaitForParkedCallerJob(WorkerPool pool) : IWorkerJob
    {
        public bool WorkerFinished { get; private set; }

        public void Execute(int worker, int workers)
        {
            if (worker == 1)
            {
                var waited = pool;
                Assert.True(SpinWait.SpinUntil(() => waited.IsCallerParked, TimeSpan.FromSeconds(10)));
                WorkerFinished = true;
            }
        }
    }
}
