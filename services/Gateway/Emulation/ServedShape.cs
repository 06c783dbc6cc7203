using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Gateway;

/// <summary>The shape of the model that is served.</summary>
internal static class ServedShape
{
    public static int MoeLayers(ModelDescription model) => model.Layers.OfType<MoeFeedForward>().Count();

    /// <summary>Sizes of the model as its backends hold it.</summary>
    public static ModelShape Of(PackedModel model, IExpertBackendFactory backends)
    {
        ModelDescription description = model.Description;
        MoeFeedForward moe = description.Layers.OfType<MoeFeedForward>().First();
        int layer = description.Layers.ToList().FindIndex(part => part is MoeFeedForward);
        int layers = MoeLayers(description);
        BilledModel billed = BilledModel.Of(model, backends.ExpertBytes);
        long layerBytes = billed.NonExpertBytes / layers;
        int bytesPerWeight = backends.WeightType == DType.F32 ? sizeof(float) : sizeof(ushort);
        return new ModelShape
        {
            Name = "served",
            Layers = layers,
            Experts = moe.Experts,
            TopK = moe.TopK,
            HiddenSize = description.HiddenSize,
            ExpertParameters = 3L * description.HiddenSize * moe.FfnSize,
            ExpertBytes = backends.ExpertBytes(layer),
            LayerParameters = layerBytes / bytesPerWeight,
            LayerBytes = layerBytes,
            NonExpertBytes = billed.NonExpertBytes,
        };
    }
}
