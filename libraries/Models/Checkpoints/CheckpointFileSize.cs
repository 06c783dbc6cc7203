namespace DaprMoE.Models;

/// <summary>A file of a checkpoint.</summary>
/// <param name="Name">Its name without folder.</param>
/// <param name="Bytes">Its size.</param>
public readonly record struct CheckpointFileSize(string Name, long Bytes);
