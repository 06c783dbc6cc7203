using System.Text.Json;
using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization;

/// <summary>What tokenizer_config.json says beside tokenizer.json.</summary>
internal sealed class TokenizerConfig
{
    private static readonly string[] SpecialNames =
        ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

    /// <summary>Classes that replace the file's post-processor by what the two switches below say.</summary>
    private static readonly string[] TemplateReplacingClasses =
        ["LlamaTokenizer", "LlamaTokenizerFast", "GemmaTokenizer", "GemmaTokenizerFast", "CodeLlamaTokenizer", "CodeLlamaTokenizerFast"];

    private readonly Dictionary<string, string> _specialTokens = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> SpecialTokens => _specialTokens;

    public bool ReplacesTemplate { get; private init; }

    public bool AddBeginToken { get; private init; }

    public bool AddEndToken { get; private init; }

    /// <summary>Reads the file; empty content stands for no file.</summary>
    public static TokenizerConfig Parse(ReadOnlyMemory<byte> content, string file)
    {
        if (content.IsEmpty)
        {
            return new TokenizerConfig();
        }

        using JsonDocument document = JsonFile.Parse(content, file);
        JsonField root = new(document.RootElement, string.Empty, file);
        TokenizerConfig config = new()
        {
            ReplacesTemplate = root.OptionalString("tokenizer_class") is { } name && TemplateReplacingClasses.Contains(name),
            AddBeginToken = root.Boolean("add_bos_token", absent: true),
            AddEndToken = root.Boolean("add_eos_token", absent: false),
        };
        foreach (string special in SpecialNames)
        {
            config.ReadSpecialToken(root, special);
        }

        return config;
    }

    /// <summary>A special token stands as its text or as an object with its text in <c>content</c>.</summary>
    private void ReadSpecialToken(JsonField root, string name)
    {
        if (root.Optional(name) is { } token)
        {
            _specialTokens[name] = token.IsObject ? token.Required("content").String() : token.String();
        }
    }
}
