namespace DaprMoE.Scheduling;

/// <summary>The sizes of a model that its timing and memory follow from.</summary>
public sealed record ModelShape
{
    /// <summary>The name it is chosen and reported by.</summary>
    public required string Name { get; init; }

    /// <summary>MoE layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Experts of a layer.</summary>
    public required int Experts { get; init; }

    /// <summary>Experts per token.</summary>
    public required int TopK { get; init; }

    /// <summary>Values of a token between layers; a token moves as two bytes each.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Weights of one expert.</summary>
    public required long ExpertParameters { get; init; }

    /// <summary>Memory of one replica, bytes.</summary>
    public required long ExpertBytes { get; init; }

    /// <summary>Weights of a layer outside its routed experts: attention, gate, shared experts.</summary>
    public required long LayerParameters { get; init; }

    /// <summary>Memory of those, bytes.</summary>
    public required long LayerBytes { get; init; }

    /// <summary>Memory outside routed experts of the whole model, bytes; each device holds it.</summary>
    public required long NonExpertBytes { get; init; }

    /// <summary>The model with fewer layers; what belongs to no layer shrinks in proportion.</summary>
    public ModelShape Cut(int layers) => this with
    {
        Layers = layers,
        NonExpertBytes = (long)((double)NonExpertBytes * layers / Layers),
    };
}
