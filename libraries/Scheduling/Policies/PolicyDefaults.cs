namespace DaprMoE.Scheduling;

/// <summary>The defaults of all policies and of the loops that run them, in one place.</summary>
public static class PolicyDefaults
{
    /// <summary>Layers ahead that a forecast looks (d).</summary>
    public const int ForecastDistance = 1;

    /// <summary>Held-out accuracy below which a layer's predictor is trained (h).</summary>
    public const double TrainBelowAccuracy = 0.80;

    /// <summary>Windows of load between two plans of the slow loop.</summary>
    public const int WindowsPerPlan = 5;

    /// <summary>Variation at which moeless calls a layer balanced (V).</summary>
    public const double MoelessThreshold = 0.2;

    /// <summary>Samples that an EPLB plan is made from.</summary>
    public const int EplbHistorySamples = 4;

    /// <summary>Samples that an auto plan is made from.</summary>
    public const int AutoHistorySamples = 32;

    /// <summary>Auto's least gain per copy, relative to 1 / E.</summary>
    public const double AutoTheta = 0.12;

    /// <summary>Auto's largest residency bill relative to one copy of each expert.</summary>
    public const double AutoMaxResidency = 1.0;

    /// <summary>Auto's least gain of a changed plan.</summary>
    public const double AutoHysteresis = 0.02;

    /// <summary>Shortest keep-alive.</summary>
    public static readonly TimeSpan ShortestKeepAlive = TimeSpan.FromSeconds(2);

    /// <summary>Longest keep-alive.</summary>
    public static readonly TimeSpan LongestKeepAlive = TimeSpan.FromMinutes(10);

    /// <summary>Span of one window of load.</summary>
    public static readonly TimeSpan LoadWindow = TimeSpan.FromSeconds(1);

    /// <summary>Time between two EPLB plans.</summary>
    public static readonly TimeSpan EplbInterval = TimeSpan.FromMinutes(10);

    /// <summary>Least time between two plans of a layer by auto.</summary>
    public static readonly TimeSpan AutoInterval = TimeSpan.FromSeconds(5);

    /// <summary>Most copies of a layer beyond one of each expert: floor(E / 2).</summary>
    public static int MaxExtra(int experts) => experts / 2;

    /// <summary>EPLB's replicas of a layer: E + D·max(1, round(E / 2D)), halves away from zero.</summary>
    public static int EplbSlots(int experts, int devices) =>
        experts + (devices * Math.Max(1, (int)Math.Round(experts / (2.0 * devices), MidpointRounding.AwayFromZero)));
}
