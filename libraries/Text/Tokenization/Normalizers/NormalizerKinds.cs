using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization.Normalizers;

/// <summary>The normalizers that a file may name.</summary>
internal static class NormalizerKinds
{
    public static ComponentKinds<INormalizer> All { get; } = new(new()
    {
        ["NFC"] = (_, _) => new NfcNormalizer(),
        ["Lowercase"] = (_, _) => new LowercaseNormalizer(),
        ["Prepend"] = (field, _) => new PrependNormalizer(field.Required("prepend").String()),
        ["Replace"] = ReplaceNormalizer.Read,
        ["Sequence"] = (field, context) =>
            new SequenceNormalizer([.. field.Required("normalizers").Items().Select(item => All!.Read(item, context))]),
    });
}
