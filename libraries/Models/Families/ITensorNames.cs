namespace DaprMoE.Models;

/// <summary>How a family calls its tensors. Names of projections lack the ending <c>.weight</c> or <c>.bias</c>.</summary>
internal interface ITensorNames
{
    /// <summary>The embedding [V, H].</summary>
    string Embedding { get; }

    /// <summary>The norm before the output matrix.</summary>
    string FinalNorm { get; }

    /// <summary>The output matrix [V, H].</summary>
    string Output { get; }

    /// <summary>The tensors of a layer but its experts'.</summary>
    LayerTensorNames Layer(int layer);

    /// <summary>The tensors of an expert.</summary>
    GatedTensorNames Expert(int layer, int expert);
}
