namespace DaprMoE.Text.Tokenization.Models;

/// <summary>A token and the stretch of its piece that it stands for, in UTF-16 units.</summary>
internal readonly record struct ModelToken(int Id, int Start, int Length);
