namespace DaprMoE.Models;

/// <summary>What a safetensors header says.</summary>
/// <param name="Tensors">Tensors by name.</param>
/// <param name="Metadata">The free strings under <c>__metadata__</c>.</param>
internal sealed record SafetensorsHeader(
    IReadOnlyDictionary<string, SafetensorsTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Throws unless the tensors cover the file from the header to its end, without holes and overlaps.</summary>
    public void CheckCoverage(string path, long dataStart, long fileLength)
    {
        long next = dataStart;
        foreach (SafetensorsTensor tensor in Tensors.Values.OrderBy(t => t.Offset).ThenBy(t => t.ByteLength))
        {
            if (tensor.Offset != next)
            {
                string fault = tensor.Offset < next ? "overlaps the tensor before it" : "leaves a hole after the tensor before it";
                string place = $"begins at byte {tensor.Offset - dataStart} of the data";
                throw new CheckpointException(path, tensor.Name, $"{place}, which {fault} (that ends at {next - dataStart})");
            }

            next = tensor.Offset + tensor.ByteLength;
            if (next > fileLength)
            {
                throw new CheckpointException(
                    path, tensor.Name, $"ends at byte {next} of a file of {fileLength} bytes; it is truncated or the header is wrong");
            }
        }

        if (next != fileLength)
        {
            throw new CheckpointException(path, $"{fileLength - next} bytes follow the last tensor; allowed are none");
        }
    }
}
