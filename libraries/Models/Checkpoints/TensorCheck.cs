namespace DaprMoE.Models;

/// <summary>Compares the tensors that a model needs with those that its files hold.</summary>
internal static class TensorCheck
{
    /// <summary>More faults than this mostly have one cause; it also bounds the work on a hostile configuration.</summary>
    private const int MaxFaults = 10;

    /// <summary>Throws with the first faults, if there are any.</summary>
    public static void Run(string folder, IEnumerable<TensorSpec> needed, CheckpointTensors tensors)
    {
        List<CheckpointException> faults = [.. needed
            .Select(spec => Check(folder, spec, tensors))
            .OfType<CheckpointException>()
            .Take(MaxFaults)];
        switch (faults)
        {
            case []:
                return;
            case [CheckpointException only]:
                throw only;
            default:
                string end = faults.Count == MaxFaults ? "; and perhaps more" : "";
                throw new CheckpointException(folder, string.Join("; ", faults.Select(fault => fault.Message)) + end);
        }
    }

    private static CheckpointException? Check(string folder, TensorSpec spec, CheckpointTensors tensors)
    {
        if (!tensors.TryFind(spec.Name, out SafetensorsFile file, out SafetensorsTensor tensor))
        {
            return new CheckpointException(folder, spec.Name, $"is missing; config.json asks for it with shape {spec.ShapeText}");
        }

        if (!tensor.Shape.SequenceEqual(spec.Shape))
        {
            return new CheckpointException(
                file.Path, spec.Name, $"has shape {tensor.ShapeText}; config.json asks for {spec.ShapeText}");
        }

        return tensor.Type.AsWeight() is null
            ? new CheckpointException(file.Path, spec.Name, $"is stored as {tensor.Type.Name()}; weights can be F32, F16 and BF16")
            : null;
    }
}
