using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Torch.Benchmarks;

/// <summary>The backends that are compared.</summary>
internal sealed class Backends(string folder, PackedModel model, WorkerPool workers)
{
    public PackedModel Model => model;

    public WorkerPool Workers => workers;

    public IExpertBackendFactory Cpu(int maxAssignments) => new CpuBackendFactory(model, workers, maxAssignments, VectorWidths.Best);

    public IExpertBackendFactory Torch(DType compute, int maxAssignments) =>
        new TorchBackendFactory(Checkpoint.Open(folder), workers, maxAssignments, new TorchBackendOptions { Compute = compute });
}
