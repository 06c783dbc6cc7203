using DaprMoE.Experts;

namespace DaprMoE.Torch.Tests;

/// <summary>A load that nothing holds up, or that ends after so many pieces.</summary>
internal sealed class LoadPace(int pieces = int.MaxValue) : ILoadPace
{
    private int _left = pieces;

    public static LoadPace FullSpeed { get; } = new();

    public int PieceBytes => 1 << 20;

    public bool MayRead(long bytes) => --_left >= 0;
}
