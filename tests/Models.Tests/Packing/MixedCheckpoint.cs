using DaprMoE.Tensors;

namespace DaprMoE.Models.Tests.Packing;

/// <summary>Writes a small bf16 checkpoint in which one tensor has another dtype.</summary>
internal static class MixedCheckpoint
{
    public static void Write(string folder, string name, DType type)
    {
        RandomCheckpointOptions sizes = new() { Hidden = 40, Layers = 2, Experts = 3, Ffn = 33, Vocab = 70, HeadDim = 10 };
        RandomCheckpoint.Write(folder, sizes, progress: null, TestContext.Current.CancellationToken);
        using Checkpoint checkpoint = Checkpoint.Open(folder);
        WrittenTensor[] tensors = [.. checkpoint.Needed.Select(
            spec => Of(spec, spec.Name == name ? type : sizes.DType))];
        string file = Path.Combine(folder, "model.safetensors");
        File.Delete(file);
        SafetensorsWriter.Write(file, tensors, WriteProgress.Reporter(null), TestContext.Current.CancellationToken);
    }

    private static WrittenTensor Of(TensorSpec spec, DType type)
    {
        WeightGenerator generator = new(5, spec.Name, 0, 1);
        return new WrittenTensor(spec.Name, type, spec.Shape, (first, destination) => generator.Fill(first, type, destination));
    }
}
