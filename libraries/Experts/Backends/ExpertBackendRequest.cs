using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Experts;

/// <summary>What a process asks of the backends of its devices.</summary>
public sealed record ExpertBackendRequest
{
    /// <summary>The checkpoint's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The checkpoint, packed; stays open as long as the factory.</summary>
    public required PackedModel Model { get; init; }

    /// <summary>The threads.</summary>
    public required WorkerPool Workers { get; init; }

    /// <summary>Most assignments of one call.</summary>
    public required int MaxAssignments { get; init; }

    /// <value>Vector width of the project's own kernels; the default is the widest that runs in hardware.</value>
    public VectorWidth Width { get; init; } = VectorWidths.Best;

    /// <value>Where to compute, in the backend's words: <c>cpu</c>, which is the default, or <c>cuda:N</c>.</value>
    public string Device { get; init; } = "cpu";

    /// <value>The format to hold weights and compute in; the default (null) is the backend's own.</value>
    public DType? Compute { get; init; }
}
