using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>The decoders that a file may name.</summary>
internal static class DecoderKinds
{
    public static ComponentKinds<IDecoder> All { get; } = new(new()
    {
        ["ByteLevel"] = (field, _) => ByteLevelDecoder.Read(field),
    });
}
