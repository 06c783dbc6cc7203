namespace DaprMoE.Text.Tokenization.Models;

/// <summary>The join of two tokens.</summary>
/// <param name="Rank">Its place in the file; the lowest is done first.</param>
/// <param name="Result">The id of the joined token.</param>
internal readonly record struct Merge(int Rank, int Result);
