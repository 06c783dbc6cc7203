using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization.PreTokenizers;

/// <summary>The pre-tokenizers that a file may name.</summary>
internal static class PreTokenizerKinds
{
    public static ComponentKinds<IPreTokenizer> All { get; } = new(new()
    {
        ["ByteLevel"] = (field, _) => ByteLevelPreTokenizer.Read(field),
        ["Digits"] = (field, _) => new DigitsPreTokenizer(field.Boolean("individual_digits", absent: false)),
        ["Metaspace"] = (field, _) => MetaspacePreTokenizer.Read(field),
        ["Split"] = SplitPreTokenizer.Read,
        ["Sequence"] = (field, context) =>
            new SequencePreTokenizer([.. field.Required("pretokenizers").Items().Select(item => All!.Read(item, context))]),
    });
}
