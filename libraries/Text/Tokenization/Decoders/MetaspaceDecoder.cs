using DaprMoE.Text.Tokenization.Loading;
using DaprMoE.Text.Tokenization.PreTokenizers;

namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>Turns the space mark to a space; those of the first token were put there and go.</summary>
internal sealed class MetaspaceDecoder(MetaspaceSettings settings) : TokenwiseDecoder
{
    public static MetaspaceDecoder Read(JsonField field) => new(MetaspaceSettings.Read(field));

    protected override string Decode(string token, bool first)
    {
        string space = first && settings.Scheme != PrependScheme.Never ? string.Empty : " ";
        return token.Replace(settings.Replacement, space, StringComparison.Ordinal);
    }
}
