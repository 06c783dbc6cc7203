namespace DaprMoE.Models;

/// <summary>The tensors of all safetensors files of a folder: one file, or the shards that the index names.</summary>
internal sealed class CheckpointTensors : IDisposable
{
    private readonly Dictionary<string, SafetensorsFile> _files;
    private readonly Dictionary<string, (SafetensorsFile File, SafetensorsTensor Tensor)> _tensors = new(StringComparer.Ordinal);

    private CheckpointTensors(Dictionary<string, SafetensorsFile> files) => _files = files;

    /// <summary>All tensors that the files hold.</summary>
    public IEnumerable<SafetensorsTensor> All => _files.Values.SelectMany(file => file.Tensors.Values);

    /// <summary>Names of the files, without the folder, that make up the weights (with the index, where there is one).</summary>
    public static IReadOnlyList<string> SourceNames(string folder)
    {
        if (File.Exists(Path.Combine(folder, CheckpointFolder.SingleFile)))
        {
            return [CheckpointFolder.SingleFile];
        }

        string index = Path.Combine(folder, CheckpointFolder.IndexFile);
        return File.Exists(index)
            ? [CheckpointFolder.IndexFile, .. ShardIndex.Read(index).Values.Distinct().Order(StringComparer.Ordinal)]
            : throw CheckpointFolder.NoWeights(folder);
    }

    /// <summary>Opens the files and checks them against the index.</summary>
    public static CheckpointTensors Open(string folder)
    {
        CheckpointTensors tensors = new([]);
        try
        {
            if (SourceNames(folder) is [CheckpointFolder.SingleFile])
            {
                tensors.AddSingle(folder);
            }
            else
            {
                tensors.AddShards(folder);
            }

            return tensors;
        }
        catch
        {
            tensors.Dispose();
            throw;
        }
    }

    /// <summary>The tensor of that name and the file that holds it.</summary>
    public bool TryFind(string name, out SafetensorsFile file, out SafetensorsTensor tensor)
    {
        bool found = _tensors.TryGetValue(name, out (SafetensorsFile File, SafetensorsTensor Tensor) entry);
        (file, tensor) = entry;
        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SafetensorsFile file in _files.Values)
        {
            file.Dispose();
        }
    }

    private void AddSingle(string folder)
    {
        SafetensorsFile file = OpenFile(folder, CheckpointFolder.SingleFile);
        foreach (SafetensorsTensor tensor in file.Tensors.Values)
        {
            _tensors.Add(tensor.Name, (file, tensor));
        }
    }

    private void AddShards(string folder)
    {
        string index = Path.Combine(folder, CheckpointFolder.IndexFile);
        foreach ((string name, string shard) in ShardIndex.Read(index))
        {
            SafetensorsFile file = _files.TryGetValue(shard, out SafetensorsFile? open) ? open : OpenFile(folder, shard);
            if (!file.Tensors.TryGetValue(name, out SafetensorsTensor? tensor))
            {
                throw new CheckpointException(index, name, $"is not in {shard}, the shard that weight_map names");
            }

            _tensors.Add(name, (file, tensor));
        }
    }

    private SafetensorsFile OpenFile(string folder, string name)
    {
        SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder, name));
        _files.Add(name, file);
        return file;
    }
}
