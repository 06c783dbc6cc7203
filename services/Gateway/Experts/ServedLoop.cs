using DaprMoE.Dispatch;
using DaprMoE.Models;
using DaprMoE.Predictors;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Gateway;

/// <summary>The fast loop of an engine with what it works by: the wishes' way to the devices, and the looks at those of expert hosts.</summary>
internal sealed partial class ServedLoop : IDisposable
{
    private readonly WarmUpSender? _warmUps;
    private readonly ReplicaWatch? _watch;

    private ServedLoop(FastLoop loop, WarmUpSender? warmUps, ReplicaWatch? watch)
    {
        (Loop, _warmUps, _watch) = (loop, warmUps, watch);
    }

    /// <summary>The loop.</summary>
    public FastLoop Loop { get; }

    /// <summary>Composes the loop; null where nothing is to be decided.</summary>
    /// <param name="model">The model.</param>
    /// <param name="workers">The engine's threads.</param>
    /// <param name="options">How to compose the engine.</param>
    /// <param name="experts">Where the experts are.</param>
    /// <param name="time">Time of a replica.</param>
    /// <param name="observer">Is told about each layer.</param>
    /// <param name="clock">The devices' clock.</param>
    /// <exception cref="PolicyRefusedException">The policy does not fit the devices.</exception>
    public static ServedLoop? Compose(
        PackedModel model, WorkerPool workers, LocalEngineOptions options, IServedExperts experts, TimeModel time, IFastLoopObserver observer,
        TimeProvider clock)
    {
        MoeFeedForward? moe = model.Description.Layers.OfType<MoeFeedForward>().FirstOrDefault();
        string policy = options.PolicyAtStart;
        LivePolicies.Require(policy);
        if (!options.HasChoice && policy != PolicyNames.Static)
        {
            throw new PolicyRefusedException($"Policy '{policy}' can't be taken, {LivePolicies.NoChoice}", isUnknown: false);
        }

        if (!options.HasChoice || moe is null)
        {
            return null;
        }

        WarmUpSender? sender = experts.WarmUps is null ? new WarmUpSender(experts.Control, options.Clock) : null;
        FastLoop loop = new(new FastLoopSetup
        {
            Replicas = experts.Replicas,
            Predictor = Predictor(model, workers, options),
            WarmUps = experts.WarmUps ?? sender!,
            Uses = experts.Uses,
            Policy = policy,
            TopK = moe.TopK,
            Time = time,
            SplitRule = options.SplitRule is { } rule ? SplitRules.Get(rule) : null,
            IsRemote = options.ExpertHosts.Count > 0,
            Clock = clock,
            Observer = observer,
        });
        ServedLoop served = new(
            loop, sender, options.ExpertHosts.Count > 0 ? new ReplicaWatch(experts.Control, experts.Replicas, options.Clock) : null);
        if (loop.RefusalOf(policy) is { } refusal)
        {
            served.Dispose();
            throw new PolicyRefusedException(refusal, isUnknown: false);
        }

        return served;
    }

    public void Dispose()
    {
        try
        {
            _watch?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            _warmUps?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        finally
        {
            Loop.Dispose();
        }
    }

    private static ILoadPredictor Predictor(PackedModel model, WorkerPool workers, LocalEngineOptions options)
    {
        PredictorSet? trained = Trained(model, options.Logs);
        return LoadPredictors.Create(
            trained is null ? PredictorNames.SpeculativeGate : PredictorNames.Speculative,
            new LoadPredictorSetup
            {
                Model = model,
                Trained = trained,
                Workers = workers,
                MaxRows = new EngineSizes(model.Description, options).Rows,
            });
    }

    /// <summary>What was trained for the model. A file that can't be used is named; without it gates serve as they are.</summary>
    private static PredictorSet? Trained(PackedModel model, ILoggerFactory logs)
    {
        try
        {
            return PredictorFile.Find(model);
        }
        catch (Exception exception) when (exception is PredictorException or CheckpointException or IOException or UnauthorizedAccessException)
        {
            LogNotTrained(logs.CreateLogger<ServedLoop>(), exception.Message);
            return null;
        }
    }
}
