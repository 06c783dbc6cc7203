using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Torch.Tests;

/// <summary>One backend of a model, called without a device around it.</summary>
internal sealed class BackendFixture : IDisposable
{
    private readonly WorkerPool _workers = new(2);
    private readonly TorchBackendFactory _factory;
    private readonly int _hidden;

    /// <param name="folder">The model.</param>
    /// <param name="compute">The format.</param>
    /// <param name="slots">Slots of the first MoE layer's experts; null for none, over the map.</param>
    public BackendFixture(string folder, DType compute, int? slots)
    {
        Checkpoint = Checkpoint.Open(folder);
        _hidden = Checkpoint.Description.HiddenSize;
        Layer = Checkpoint.Description.Layers.ToList().FindIndex(layer => layer is MoeFeedForward);
        _factory = new TorchBackendFactory(Checkpoint, _workers, maxAssignments: 1024, new TorchBackendOptions { Compute = compute });
        Backend = (TorchExpertBackend)_factory.Create(slots * _factory.ExpertBytes(Layer));
    }

    /// <summary>The model; the factory owns it.</summary>
    public Checkpoint Checkpoint { get; }

    public TorchExpertBackend Backend { get; }

    /// <summary>The first MoE layer.</summary>
    public int Layer { get; }

    public void Load(int expert, int slot, ILoadPace? pace = null) =>
        Assert.True(Backend.Load(Replica(expert), new MemorySlot(0, slot), pace ?? LoadPace.FullSpeed));

    public void Free(int expert) => Backend.Free(Replica(expert));

    public ReplicaId Replica(int expert) => new(new ExpertId(Layer, expert), 0);

    /// <summary>Rows of the first MoE layer; each expert has the inputs of all its rows.</summary>
    public float[] Forward(float[] input, params ReplicaGroup[] groups)
    {
        int inputRows = input.Length / _hidden;
        int assignments = groups.Max(group => group.First + group.Count);
        float[] output = new float[assignments * _hidden];
        Backend.Forward(new ExpertWork
        {
            Layer = Layer,
            Input = input,
            Rows = Enumerable.Range(0, assignments).Select(row => row % inputRows).ToArray(),
            Groups = groups,
            Output = output,
        });
        return output;
    }

    /// <summary>Rows whose values repeat nowhere, about 1 large.</summary>
    public float[] Input(int rows) =>
        [.. Enumerable.Range(0, rows * _hidden).Select(i => (float)Math.Sin((i * 0.7) + (i % 13)))];

    public void Dispose()
    {
        Backend.Dispose();
        _factory.Dispose();
        _workers.Dispose();
    }
}
