namespace DaprMoE.Scheduling;

/// <summary>Refuses events that make no sense before anything is changed.</summary>
internal static class EventCheck
{
    /// <exception cref="ArgumentException">The event contradicts itself or the state.</exception>
    public static void ThrowIfInvalid(ResidencyState state, in ResidencyEvent change)
    {
        switch (change.Kind)
        {
            case ResidencyEventKind.Want or ResidencyEventKind.Acquire when state.Calls.TryGet(change.Id, out _):
                throw new ArgumentException(
                    $"Call {change.Id} waits or holds replicas already; each call has an id of its own.", nameof(change));
            case ResidencyEventKind.Plan when change.TimeUs < 0:
                throw new ArgumentException($"Plan {change.Id} has a keep-alive of {change.TimeUs} us; it is at least 0.", nameof(change));
            case ResidencyEventKind.Plan when change.Id == long.MinValue:
                throw new ArgumentException($"A plan's version is above {long.MinValue}.", nameof(change));
            case ResidencyEventKind.Forecast:
                CheckForecast(state, change.Id, change.Chances.Span);
                break;
            default:
                break;
        }
    }

    private static void CheckForecast(ResidencyState state, long layer, ReadOnlySpan<float> chances)
    {
        int layers = state.Settings.Layers.Count;
        if (layer < 0 || layer >= layers)
        {
            throw new ArgumentException($"The forecast is of layer {layer}; the model's layers are 0 to {layers - 1}.", nameof(layer));
        }

        int experts = state.Settings.Layers[(int)layer].Experts;
        if (chances.Length != experts)
        {
            throw new ArgumentException(
                $"The forecast of layer {layer} has {chances.Length} chances for {experts} experts.", nameof(chances));
        }

        for (int expert = 0; expert < experts; expert++)
        {
            if (!(chances[expert] >= 0 && chances[expert] <= 1))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The forecast of L{layer}.E{expert} is {chances[expert]}; a chance lies in 0 to 1."),
                    nameof(chances));
            }
        }
    }
}
