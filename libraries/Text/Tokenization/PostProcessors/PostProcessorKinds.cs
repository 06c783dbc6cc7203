using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization.PostProcessors;

/// <summary>The post-processors that a file may name.</summary>
internal static class PostProcessorKinds
{
    public static ComponentKinds<IPostProcessor> All { get; } = new(new()
    {
        ["ByteLevel"] = ByteLevelPostProcessor.Read,
        ["TemplateProcessing"] = (field, _) => TemplateReader.Read(field),
        ["Sequence"] = (field, context) =>
            new SequencePostProcessor([.. field.Required("processors").Items().Select(item => All!.Read(item, context))]),
    });
}
