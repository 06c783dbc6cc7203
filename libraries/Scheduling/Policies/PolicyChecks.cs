namespace DaprMoE.Scheduling;

/// <summary>Tests of what every policy is given.</summary>
internal static class PolicyChecks
{
    public static void Setup(in PolicySetup setup)
    {
        if (setup.Experts <= 0)
        {
            throw Check.Error(SchedulingError.NoExperts, $"A model with {setup.Experts} experts in a layer; a policy needs at least 1.");
        }

        Check.Devices(setup.Devices);
        if (setup.TopK < 1 || setup.TopK > setup.Experts)
        {
            throw Check.Error(SchedulingError.BadTopK, $"Top-{setup.TopK} of {setup.Experts} experts; give 1 … {setup.Experts}.");
        }

        if (setup.ExpertBytes <= 0)
        {
            throw Check.Error(SchedulingError.BadExpertBytes, $"An expert of {setup.ExpertBytes} bytes; its size is at least 1 byte.");
        }

        if (setup.Layers <= 0)
        {
            throw Check.Error(SchedulingError.BadShape, $"A model with {setup.Layers} MoE layers; a policy needs at least 1.");
        }

        Time(setup.Time);
    }

    public static void Input(in PolicySetup setup, in PolicyInput input, LayerPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (ReferenceEquals(plan, input.Previous))
        {
            throw new ArgumentException("The plan to fill is the previous plan; give another one.", nameof(plan));
        }

        if ((uint)input.Layer >= (uint)setup.Layers)
        {
            throw Check.Error(
                SchedulingError.BadShape, $"Layer {input.Layer} of a model with {setup.Layers} MoE layers; give 0 … {setup.Layers - 1}.");
        }

        Check.SameLength("slot counts", input.Slots.Length, "devices", setup.Devices);
        Check.Slots(input.Slots);
        if (!input.Forecast.IsEmpty)
        {
            Check.SameLength("forecast loads", input.Forecast.Length, "experts", setup.Experts);
            Check.Loads(input.Forecast);
        }

        if (input.History is LoadHistory history)
        {
            Check.SameLength("loads of the history", history.Experts, "experts", setup.Experts);
        }
    }

    public static void Option(string name, double value, double least)
    {
        if (!(value >= least) || double.IsPositiveInfinity(value))
        {
            throw Check.Error(SchedulingError.BadOption, $"Option {name} is {value}; give a finite number, {least} or more.");
        }
    }

    private static void Time(in TimeModel time)
    {
        if (!Enum.IsDefined(time.Shape) || !IsTime(time.SecondsPerToken) || !IsTime(time.WeightSeconds) || !IsTime(time.CallSeconds))
        {
            throw Check.Error(
                SchedulingError.BadModel,
                $"Time model {time.Shape} with {time.SecondsPerToken} s per token, {time.WeightSeconds} s for weights, "
                + $"{time.CallSeconds} s per call; give linear or roofline and finite times, 0 or more.");
        }
    }

    private static bool IsTime(double seconds) => seconds >= 0 && double.IsFinite(seconds);
}
