using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>
/// Runs iterations on a thread of its own: plan, forward pass, draw, hand out. The step allocates nothing.
/// </summary>
public sealed class GenerationEngine : IGenerationEngine, IDisposable
{
    /// <summary>Iterations in a row that may fail before the engine takes itself for broken.</summary>
    private const int MostFailures = 3;

    private readonly Lock _gate = new();
    private readonly Queue<Sequence> _arrivals = new();
    private readonly ManualResetEventSlim _work = new(initialState: false);
    private readonly TimeProvider _clock;
    private readonly int _vocabulary;
    private readonly KvPool _kv;
    private readonly ForwardBatch _batch;
    private readonly ForwardPass _pass;
    private readonly Batcher _batcher;
    private readonly Sampler _sampler;
    private readonly Thread _thread;
    private readonly EngineCounters _counters = new();
    private readonly IterationAudience _audience;
    private int _nextNumber;
    private int _failures;
    private bool _stopped;
    private volatile bool _stopping;
    private volatile Exception? _fault;

    /// <summary>Allocates everything and starts the thread.</summary>
    public GenerationEngine(ForwardPassParts parts, EngineOptions options, TimeProvider clock)
    {
        int budget = Math.Max(options.TokenBudget, options.MaxRunning);
        Info = new EngineInfo(options.ContextLength, options.MaxRunning, options.MaxQueued, budget);
        _clock = clock;
        _vocabulary = parts.Model.Description.VocabularySize;
        _kv = new KvPool(parts.Model.Description, KvPool.BlocksFor(Math.Max(options.KvTokens, options.ContextLength)));
        _batch = new ForwardBatch(budget, options.MaxRunning, options.MaxRunning);
        _pass = new ForwardPass(parts, new ForwardPassLimits(budget, options.MaxRunning, options.ContextLength));
        _batcher = new Batcher(_kv, _batch, options.MaxRunning);
        _sampler = new Sampler(VectorMath.For(parts.Width), _vocabulary);
        _audience = new IterationAudience(options.MaxRunning);
        _thread = new Thread(RunLoop) { Name = "daprmoe-engine", IsBackground = true };
        _thread.Start();
    }

    /// <inheritdoc/>
    public EngineInfo Info { get; }

    /// <inheritdoc/>
    public Exception? Fault
    {
        get => _fault;
        private set => _fault = value;
    }

    /// <inheritdoc/>
    public EngineSnapshot Snapshot() => _counters.Read(_kv.Blocks);

    /// <inheritdoc/>
    public Generation Start(GenerationRequest request) => StartTogether([request])[0];

    /// <summary>Queues several sequences at one moment, or none: which iterations they are in is then the same in every run.</summary>
    /// <exception cref="ContextOverflowException">Prompt and MaxTokens of one do not fit the context.</exception>
    /// <exception cref="QueueFullException">More would wait than may.</exception>
    /// <exception cref="EngineFailedException">The engine has stopped; see <see cref="Fault"/>.</exception>
    public IReadOnlyList<Generation> StartTogether(IReadOnlyList<GenerationRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        foreach (GenerationRequest request in requests)
        {
            ArgumentNullException.ThrowIfNull(request, nameof(requests));
            RequestCheck.ThrowIfInvalid(request, Info.ContextLength, _vocabulary);
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            if (_stopped || Fault is not null)
            {
                throw new EngineFailedException(Fault);
            }

            if (_arrivals.Count + _counters.Waiting + requests.Count > Info.MaxQueued)
            {
                throw new QueueFullException(Info.MaxQueued);
            }

            Generation[] started = new Generation[requests.Count];
            for (int i = 0; i < started.Length; i++)
            {
                started[i] = Enqueue(requests[i]);
            }

            _work.Set();
            return started;
        }
    }

    /// <summary>Ends all sequences as cancelled, stops the thread and frees the memory.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopping)
            {
                return;
            }

            _stopping = true;
        }

        _work.Set();
        _audience.AllLeave();
        _thread.Join();
        _pass.Dispose();
        _kv.Dispose();
        _audience.Dispose();
        _work.Dispose();
    }

    private Generation Enqueue(GenerationRequest request)
    {
        BlockTable blocks = new(_kv, request.Prompt.Count + request.MaxTokens);
        Sequence sequence = new(_nextNumber++, request, blocks, _clock, _audience.SequenceLeft);
        _arrivals.Enqueue(sequence);
        return sequence.Handle;
    }

    private void RunLoop()
    {
        try
        {
            while (!_stopping && Fault is null)
            {
                TakeArrivals();
                _batcher.DropCancelled();
                bool planned = _batcher.Plan();

                // Before the iteration too: what was admitted no longer counts as waiting when the next request asks for a place.
                _counters.Update(_batcher, _kv);
                if (planned)
                {
                    RunIteration();
                    _counters.Update(_batcher, _kv);
                }
                else
                {
                    WaitForWork();
                }
            }
        }
#pragma warning disable CA1031 // The last frame of the thread: what gets here ends the engine, not the process.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fault = error;
        }

        EndAll();
    }

    /// <summary>Ends what is left when the thread ends. Nothing can arrive behind it: Start refuses by then.</summary>
    private void EndAll()
    {
        lock (_gate)
        {
            _stopped = true;
        }

        TakeArrivals();
        if (Fault is { } fault)
        {
            _batcher.FailAll(fault);
        }
        else
        {
            _batcher.CancelAll();
        }

        _counters.Update(_batcher, _kv);
    }

    private void TakeArrivals()
    {
        lock (_gate)
        {
            while (_arrivals.TryDequeue(out Sequence? sequence))
            {
                _batcher.Enqueue(sequence);
            }

            _counters.Waiting = _batcher.Waiting;
        }
    }

    /// <summary>Parks until something arrives. What waits in the batcher then is only what was cancelled.</summary>
    private void WaitForWork()
    {
        lock (_gate)
        {
            if (_arrivals.Count > 0 || _stopping)
            {
                return;
            }

            _work.Reset();
        }

        _work.Wait();
    }

    private void RunIteration()
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            if (TryCompute())
            {
                HandOutTokens();
                _failures = 0;
            }
        }
        catch (ExpertsUnavailableException error)
        {
            // It says nothing about this engine: the next iteration may find the experts again.
            _batcher.FailPlanned(error);
        }
        catch (CheckpointException error)
        {
            // The weights are gone; no iteration can succeed from here on.
            Fault = error;
        }
#pragma warning disable CA1031 // Whatever fails in an iteration ends the sequences in it; the engine goes on for the others.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _batcher.FailPlanned(error);
            Fault = ++_failures == MostFailures ? error : null;
        }

        _counters.CountAllocated(GC.GetAllocatedBytesForCurrentThread() - allocated);
        _batcher.DropFinished();
    }

    /// <summary>False when all who waited have left meanwhile: their sequences are dropped before the next iteration.</summary>
    private bool TryCompute()
    {
        CancellationToken abandoned = _audience.Begin(_batcher.Running);
        try
        {
            _pass.Run(_batch, _kv, abandoned);
            return true;
        }
        catch (OperationCanceledException) when (abandoned.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            _audience.End();
        }
    }

    private void HandOutTokens()
    {
        IReadOnlyList<Sequence> running = _batcher.Running;
        int promptRows = 0;
        int drawn = 0;
        for (int i = 0; i < running.Count; i++)
        {
            Sequence sequence = running[i];
            if (sequence.PlannedRows == 0)
            {
                continue;
            }

            promptRows += Math.Clamp(sequence.Request.Prompt.Count - sequence.Computed, 0, sequence.PlannedRows);
            sequence.Advance();
            if (sequence.LogitIndex >= 0)
            {
                Draw(sequence);
                drawn++;
            }
        }

        _counters.CountIteration(promptRows, drawn);
    }

    private void Draw(Sequence sequence)
    {
        GenerationRequest request = sequence.Request;
        try
        {
            int token = _sampler.Sample(_pass.Logits(sequence.LogitIndex), request.Sampling, request.Choice, sequence.Length);
            sequence.Append(token);
        }
        catch (NonFiniteLogitsException error)
        {
            sequence.Finish(FinishReason.Error, error);
        }
    }
}
