namespace DaprMoE.Experts;

/// <summary>How fast a load may read, and whether it still should.</summary>
public interface ILoadPace
{
    /// <summary>Most bytes of one piece.</summary>
    int PieceBytes { get; }

    /// <summary>Waits until so many bytes may be read.</summary>
    /// <param name="bytes">The next piece.</param>
    /// <returns>False when the load is to end without having read it.</returns>
    bool MayRead(long bytes);
}
