using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>
/// A checkpoint in the layout of published ones: <c>config.json</c> and one safetensors file or shards with an index.
/// Opening checks that every tensor the model needs is there with the right shape and a usable dtype.
/// </summary>
public sealed class Checkpoint : IDisposable
{
    private readonly CheckpointTensors _tensors;

    private Checkpoint(string folder, IModelFamily family, ModelDescription description, CheckpointTensors tensors)
    {
        Folder = folder;
        Family = family;
        Description = description;
        _tensors = tensors;
        IgnoredTensors = FindIgnored();
    }

    /// <summary>The folder with the files.</summary>
    public string Folder { get; }

    /// <summary>What the model computes.</summary>
    public ModelDescription Description { get; }

    /// <summary>Names of tensors in the files that the model does not use.</summary>
    public IReadOnlyList<string> IgnoredTensors { get; }

    internal IModelFamily Family { get; }

    /// <summary>The tensors that the model needs, in the order of the forward pass.</summary>
    internal IEnumerable<TensorSpec> Needed => ModelTensors.Of(Description, Family.Names);

    /// <summary>Opens and checks a checkpoint.</summary>
    /// <param name="folder">Its folder, or an entry of the Hugging Face cache.</param>
    /// <exception cref="CheckpointException">The folder holds no checkpoint that can be used; the message says why.</exception>
    public static Checkpoint Open(string folder)
    {
        string resolved = CheckpointFolder.Resolve(folder);
        (IModelFamily family, ModelDescription description) = CheckpointConfig.Read(resolved);
        CheckpointTensors tensors = CheckpointTensors.Open(resolved);
        try
        {
            TensorCheck.Run(resolved, ModelTensors.Of(description, family.Names), tensors);
            return new Checkpoint(resolved, family, description, tensors);
        }
        catch
        {
            tensors.Dispose();
            throw;
        }
    }

    /// <summary>Where the matrices of an expert lie.</summary>
    /// <param name="layer">A MoE layer.</param>
    /// <param name="expert">An expert of the layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">The layer has no such expert.</exception>
    public StoredExpert Expert(int layer, int expert)
    {
        int experts = Description.Layers.ElementAtOrDefault(layer) is MoeFeedForward moe ? moe.Experts : 0;
        if (expert < 0 || expert >= experts)
        {
            throw new ArgumentOutOfRangeException(nameof(expert), expert, $"Layer {layer} has {experts} experts.");
        }

        GatedTensorNames names = Family.Names.Expert(layer, expert);
        return new StoredExpert(Matrix(names.Gate), Matrix(names.Up), Matrix(names.Down));
    }

    /// <summary>A tensor that the model needs: the file, the place, the stored format.</summary>
    internal (SafetensorsFile File, SafetensorsTensor Tensor, DType Type) Find(string name) =>
        _tensors.TryFind(name, out SafetensorsFile file, out SafetensorsTensor tensor) && tensor.Type.AsWeight() is { } type
            ? (file, tensor, type)
            : throw new CheckpointException(Folder, name, "is missing or not a weight");

    /// <inheritdoc/>
    public void Dispose() => _tensors.Dispose();

    private StoredMatrix Matrix(string name)
    {
        (SafetensorsFile file, SafetensorsTensor tensor, DType type) = Find($"{name}.weight");
        return new StoredMatrix(file, tensor, type);
    }

    private List<string> FindIgnored()
    {
        HashSet<string> needed = Needed.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        return [.. _tensors.All.Select(tensor => tensor.Name).Where(name => !needed.Contains(name)).Order(StringComparer.Ordinal)];
    }
}
