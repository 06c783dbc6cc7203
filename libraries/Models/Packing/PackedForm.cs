namespace DaprMoE.Models;

/// <summary>How an entry of the packed file is stored.</summary>
internal enum PackedForm
{
    /// <summary>Row-major, in the stored dtype.</summary>
    Rows,

    /// <summary>Panels of 32 outputs, in the stored dtype.</summary>
    Panels,

    /// <summary>Panels of two matrices in turn, in the stored dtype.</summary>
    PanelPairs,

    /// <summary>Values as f32.</summary>
    Vector,
}
