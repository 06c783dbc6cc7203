namespace DaprMoE.Gateway;

/// <summary>The model of a process, which opens in the background.</summary>
public interface IServedModelSource
{
    /// <summary>The model; null before it is open, and once the process stops.</summary>
    ServedModel? Current { get; }

    /// <summary>Completes when the model is open and about to serve; never, when it can't be opened.</summary>
    Task<ServedModel> WhenOpenAsync(CancellationToken cancellationToken);
}
