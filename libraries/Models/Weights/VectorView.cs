namespace DaprMoE.Models;

/// <summary>A vector of f32 values.</summary>
/// <param name="Data">Address of the first value; 0 when there is none.</param>
/// <param name="Length">Values.</param>
public readonly record struct VectorView(nint Data, int Length)
{
    /// <summary>Whether there is a vector.</summary>
    public bool IsPresent => Data != 0;
}
