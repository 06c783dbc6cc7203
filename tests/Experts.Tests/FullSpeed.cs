namespace DaprMoE.Experts.Tests;

/// <summary>A load that nothing holds up.</summary>
internal sealed class FullSpeed : ILoadPace
{
    public int PieceBytes => 64 << 10;

    public bool MayRead(long bytes) => true;
}
