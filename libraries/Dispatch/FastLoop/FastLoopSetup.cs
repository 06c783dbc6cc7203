using DaprMoE.Predictors;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>What a fast loop is made of.</summary>
public sealed record FastLoopSetup
{
    /// <summary>Where replicas are, as far as is known; somebody else feeds it.</summary>
    public required LiveReplicas Replicas { get; init; }

    /// <summary>Forecasts loads; the loop takes it over.</summary>
    public required ILoadPredictor Predictor { get; init; }

    /// <summary>Carries wishes to the devices.</summary>
    public required IWarmUps WarmUps { get; init; }

    /// <summary>Tells devices what is used next; null where nobody can be told.</summary>
    public IUseForecasts? Uses { get; init; }

    /// <summary>The policy to begin with.</summary>
    public required string Policy { get; init; }

    /// <summary>Experts per token, k.</summary>
    public required int TopK { get; init; }

    /// <summary>Time of a replica.</summary>
    public TimeModel Time { get; init; }

    /// <value>How an expert's tokens are divided, whatever the policy wants; null, the default, for what it wants.</value>
    public ISplitRule? SplitRule { get; init; }

    /// <value>How many MoE layers ahead a forecast looks; at least 1, which is the default.</value>
    public int Distance { get; init; } = PolicyDefaults.ForecastDistance;

    /// <summary>Whether devices are those of other processes: what calls were computed by is noted, since nobody else tells at once.</summary>
    public bool IsRemote { get; init; }

    /// <value>The clock.</value>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Is told about each layer; null for nobody.</summary>
    public IFastLoopObserver? Observer { get; init; }
}
