using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>The decoders that a file may name.</summary>
internal static class DecoderKinds
{
    public static ComponentKinds<IDecoder> All { get; } = new(new()
    {
        ["ByteLevel"] = (field, _) => ByteLevelDecoder.Read(field),
        ["ByteFallback"] = (_, _) => new ByteFallbackDecoder(),
        ["Fuse"] = (_, _) => new FuseDecoder(),
        ["Metaspace"] = (field, _) => MetaspaceDecoder.Read(field),
        ["Replace"] = ReplaceDecoder.Read,
        ["Strip"] = (field, _) => StripDecoder.Read(field),
        ["Sequence"] = (field, context) =>
            new SequenceDecoder([.. field.Required("decoders").Items().Select(item => All!.Read(item, context))]),
    });
}
