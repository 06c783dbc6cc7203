using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace DaprMoE.Tensors;

/// <summary>
/// A fixed team of threads that run a job together and return when all have finished (fork-join). The calling thread is worker 0.
/// Idle threads spin for about 25 us, then yield, then park. <see cref="Run"/> allocates nothing.
/// </summary>
public sealed unsafe class WorkerPool : IDisposable
{
    [ThreadStatic]
    private static WorkerPool? _inside;

    private readonly Lock _turn = new();
    private readonly Thread[] _threads;
    private readonly Waiter[] _waiters;
    private readonly Waiter _joiner = new();
    private readonly bool _pin;
    private delegate*<void*, int, int, void> _execute;
    private void* _job;
    private ExceptionDispatchInfo? _failure;
    private readonly PaddedCounter[] _processors;
    private PaddedCounter _started;
    private PaddedCounter _running;
    private PaddedCounter _finished;
    private volatile bool _stopping;
    private bool _disposed;

    /// <summary>Starts the threads.</summary>
    /// <param name="workers">Threads that run a job, the calling one included; at least 1.</param>
    /// <param name="pin">Binds each background thread to one processor (Linux only; elsewhere it has no effect).</param>
    public WorkerPool(int workers, bool pin = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        Workers = workers;
        _pin = pin;
        _processors = new PaddedCounter[workers];
        _waiters = new Waiter[workers - 1];
        _threads = new Thread[workers - 1];
        for (var i = 0; i < _threads.Length; i++)
        {
            var worker = i + 1;
            _waiters[i] = new Waiter();
            _threads[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"tensor worker {worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>Threads that run a job, the calling one included.</summary>
    public int Workers { get; }

    /// <summary>Background threads that are parked now.</summary>
    internal int ParkedWorkers => _waiters.Count(static waiter => waiter.IsParked);

    /// <summary>Whether the caller of <see cref="Run"/> is parked until the others finish.</summary>
    internal bool IsCallerParked => _joiner.IsParked;

    /// <summary>
    /// Runs a job on all workers and returns when all have finished. Callers on different threads take turns.
    /// </summary>
    /// <param name="job">The job; all workers share this one instance.</param>
    /// <exception cref="InvalidOperationException">Called from inside a job of this pool.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed.</exception>
    /// <remarks>An exception that a worker throws is thrown here after all workers have finished (the first, if several throw).</remarks>
    public void Run<TJob>(ref TJob job)
        where TJob : struct, IWorkerJob
    {
        if (ReferenceEquals(_inside, this))
        {
            throw new InvalidOperationException("A job can't start another job on its own worker pool: its threads are busy.");
        }

        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
#pragma warning disable CS8500 // A job may hold references: it stays pinned, and the collector sees it through the caller's frame.
            fixed (TJob* pinned = &job)
#pragma warning restore CS8500
            {
                Fork(&Invoke<TJob>, pinned);
            }

            Rethrow();
        }
    }

    /// <summary>Stops and joins the threads.</summary>
    public void Dispose()
    {
        lock (_turn)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _stopping = true;
            StartAll();
        }

        foreach (var thread in _threads)
        {
            thread.Join();
        }

        Array.ForEach(_waiters, static waiter => waiter.Dispose());
        _joiner.Dispose();
    }

    private static void Invoke<TJob>(void* job, int worker, int workers)
        where TJob : struct, IWorkerJob => Unsafe.AsRef<TJob>(job).Execute(worker, workers);

    private void Fork(delegate*<void*, int, int, void> execute, void* job)
    {
        _execute = execute;
        _job = job;
        var finished = _finished.Value;
        Volatile.Write(ref _running.Value, _threads.Length);
        StartAll();
        Execute(worker: 0);
        if (_threads.Length > 0)
        {
            _joiner.WaitForChange(ref _finished.Value, finished, spin: !SharesProcessorWithWorkers());
        }
    }

    private bool SharesProcessorWithWorkers()
    {
        var own = Thread.GetCurrentProcessorId();
        for (var worker = 1; worker < _processors.Length; worker++)
        {
            if (_processors[worker].Value == own)
            {
                return true;
            }
        }

        return false;
    }

    private void StartAll()
    {
        Interlocked.Increment(ref _started.Value);
        foreach (var waiter in _waiters)
        {
            waiter.Wake();
        }
    }

    private void Work(int worker)
    {
        if (_pin)
        {
            ThreadAffinity.PinCurrentThread(worker);
        }

        var waiter = _waiters[worker - 1];
        var seen = 0;
        while (true)
        {
            seen = waiter.WaitForChange(ref _started.Value, seen, spin: _processors[0].Value != Thread.GetCurrentProcessorId());
            if (_stopping)
            {
                return;
            }

            Execute(worker);
            if (Interlocked.Decrement(ref _running.Value) == 0)
            {
                Interlocked.Increment(ref _finished.Value);
                _joiner.Wake();
            }
        }
    }

    private void Execute(int worker)
    {
        var outer = _inside;
        _inside = this;
        _processors[worker].Value = Thread.GetCurrentProcessorId();
        try
        {
            _execute(_job, worker, Workers);
        }
#pragma warning disable CA1031 // Whatever a worker throws belongs to the caller of Run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        }
        finally
        {
            _inside = outer;
        }
    }

    private void Rethrow()
    {
        if (_failure is { } failure)
        {
            _failure = null;
            failure.Throw();
        }
    }
}
