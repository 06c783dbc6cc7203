namespace DaprMoE.Text.Tokenization.PreTokenizers;

/// <summary>Where a space mark is put in front.</summary>
internal enum PrependScheme
{
    /// <summary>Before every stretch.</summary>
    Always,

    /// <summary>Before the stretch that begins the text.</summary>
    First,

    /// <summary>Nowhere.</summary>
    Never,
}
