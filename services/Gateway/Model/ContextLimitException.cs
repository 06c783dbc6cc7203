namespace DaprMoE.Gateway;

/// <summary>A longer context was asked for than the model was made for.</summary>
/// <param name="asked">Tokens asked for.</param>
/// <param name="longest">Tokens that the model's positions allow.</param>
public sealed class ContextLimitException(int asked, int longest)
    : Exception($"A context of {asked} tokens was asked for, but the model was made for {longest} (max_position_embeddings). Ask for 2 to {longest}.");
