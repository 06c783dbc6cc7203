namespace DaprMoE.Predictors;

/// <summary>How a network is fitted.</summary>
internal sealed record TrainingOptions
{
    /// <summary>Most passes over the rows.</summary>
    public required int Epochs { get; init; }

    /// <summary>Passes without a smaller error on the early-stop rows before training ends.</summary>
    public int Patience { get; init; } = 4;

    /// <summary>Rows of one step.</summary>
    public int Minibatch { get; init; } = 512;

    /// <summary>Step size at the start; it falls linearly to <see cref="LastRate"/> of it.</summary>
    public double Rate { get; init; } = 3e-3;

    /// <summary>Share of <see cref="Rate"/> at the end.</summary>
    public double LastRate { get; init; } = 0.05;

    /// <summary>λ of the pull to the start, λ‖W − W₀‖²/2: keeps what was not seen in training from being forgotten.</summary>
    public double Pull { get; init; }

    /// <summary>Seed of the order of rows.</summary>
    public int Seed { get; init; }
}
