namespace DaprMoE.Text.Tokenization.Models;

/// <summary>A model as read from a file, with its tokens.</summary>
internal sealed record LoadedModel(IModel Model, Vocabulary Vocabulary);
