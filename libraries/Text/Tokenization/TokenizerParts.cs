using DaprMoE.Text.Tokenization.AddedTokens;
using DaprMoE.Text.Tokenization.Decoders;
using DaprMoE.Text.Tokenization.Models;
using DaprMoE.Text.Tokenization.PostProcessors;
using DaprMoE.Text.Tokenization.PreTokenizers;

namespace DaprMoE.Text.Tokenization;

/// <summary>The steps of a tokenizer, as its file names them.</summary>
internal sealed record TokenizerParts(
    TokenTable Tokens,
    AddedTokenSplitter Splitter,
    IPreTokenizer? PreTokenizer,
    IModel Model,
    IPostProcessor? PostProcessor,
    IDecoder Decoder,
    IReadOnlyDictionary<string, string> SpecialTokens);
