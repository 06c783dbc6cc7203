namespace DaprMoE.Models;

/// <summary>Where an expert lies in the packed file. It can be read into memory, and dropped from it, alone.</summary>
/// <param name="Offset">Bytes from the start of the file, a multiple of 4096.</param>
/// <param name="Bytes">Bytes in whole pages of 4096: what a resident copy holds.</param>
public readonly record struct ExpertRange(long Offset, long Bytes);
