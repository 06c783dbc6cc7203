namespace DaprMoE.Tensors;

/// <summary>The memory of one call: queries, results, and the layer's blocks.</summary>
internal readonly unsafe struct AttentionRows(
    float* queries, nint queryStride, float* output, nint outputStride, float* layerPool)
{
    public float* LayerPool => layerPool;

    public float* Query(int row) => queries + (row * queryStride);

    public float* Output(int row) => output + (row * outputStride);
}
