using System.Text.Json;
using DaprMoE.Text.Tokenization.AddedTokens;
using DaprMoE.Text.Tokenization.Decoders;
using DaprMoE.Text.Tokenization.Models;
using DaprMoE.Text.Tokenization.Normalizers;
using DaprMoE.Text.Tokenization.PostProcessors;
using DaprMoE.Text.Tokenization.PreTokenizers;

namespace DaprMoE.Text.Tokenization.Loading;

/// <summary>
/// Builds a tokenizer from its file. <c>truncation</c> and <c>padding</c> may be saved there; they belong to training and are left alone.
/// </summary>
internal static class TokenizerReader
{
    private const string Version = "1.0";

    public static TokenizerParts Read(ReadOnlyMemory<byte> content, TokenizerConfig config, string file)
    {
        using JsonDocument document = JsonFile.Parse(content, file);
        JsonField root = new(document.RootElement, string.Empty, file);
        if (root.Optional("version") is { } version && version.String() != Version)
        {
            throw version.Error($"version {version.Shown} is not supported; it must be \"{Version}\"");
        }

        LoadedModel model = ModelKinds.Read(root);
        TokenTable tokens = new(model.Vocabulary, AddedTokenReader.Read(root, model.Vocabulary));
        LoadContext context = new(file, tokens);
        INormalizer? normalizer = ReadOptional(root, "normalizer", NormalizerKinds.All, context);
        return new TokenizerParts(
            tokens,
            new AddedTokenSplitter(tokens.Added, normalizer),
            ReadOptional(root, "pre_tokenizer", PreTokenizerKinds.All, context),
            model.Model,
            ConfiguredTemplate.Replace(ReadOptional(root, "post_processor", PostProcessorKinds.All, context), config, context),
            ReadOptional(root, "decoder", DecoderKinds.All, context) ?? new JoiningDecoder(),
            config.SpecialTokens);
    }

    private static T? ReadOptional<T>(JsonField root, string name, ComponentKinds<T> kinds, LoadContext context)
        where T : class => root.Optional(name) is { } field ? kinds.Read(field, context) : null;
}
