namespace DaprMoE.Models;

/// <summary>
/// A model in kernel order, mapped from its packed file, which is written at first use. All addresses are valid until it is disposed.
/// </summary>
public sealed class PackedModel : IDisposable
{
    private readonly PackedFile _file;
    private readonly MappedFile _map;
    private readonly ExpertFile _reads;
    private readonly Dictionary<int, PackedExperts> _experts;

    private PackedModel(ModelDescription description, PackedFile file)
    {
        _file = file;
        _map = MappedFile.Open(file.Path, file.Handle, file.Length);
        _map.PreferHugePages();
        _reads = new ExpertFile(file.Path, file.Handle);
        _experts = file.Layout.Experts.ToDictionary(experts => experts.Layer);
        Description = description;
        Fingerprint = ModelFingerprint.Of(description, file.WeightsHash);
        Weights = PackedWeights.At(_map.Address + (nint)file.DataStart, file.Layout, description);
    }

    /// <summary>What the model computes.</summary>
    public ModelDescription Description { get; }

    /// <summary>
    /// 32 hexadecimal digits that name the model by its weights and all numbers that change results,
    /// whatever its files are called, when they were written and how the tensors are divided over them.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>Views of all weights but the experts'.</summary>
    public ModelWeights Weights { get; }

    /// <summary>Bytes of the packed file.</summary>
    public long ByteLength => _map.Length;

    /// <summary>The packed file.</summary>
    public string Path => _file.Path;

    /// <summary>
    /// Opens the packed file of a checkpoint; packs first when there is none that is intact and made from the files as they are.
    /// </summary>
    /// <param name="modelFolder">The checkpoint's folder, or an entry of the Hugging Face cache.</param>
    /// <param name="options">Where and how to pack.</param>
    /// <param name="progress">Hears how packing goes.</param>
    /// <param name="cancellationToken">Ends packing or waiting.</param>
    /// <exception cref="CheckpointException">The checkpoint can't be used, or no place for the packed file can be written.</exception>
    public static PackedModel Open(
        string modelFolder,
        PackOptions? options = null,
        IProgress<PackProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        PackRequest request = PackRequest.Of(modelFolder);
        PackedFileStore store = new(request, options ?? new PackOptions(), PackProgress.Reporter(progress), cancellationToken);
        PackedFile file = store.OpenOrPack();
        try
        {
            return new PackedModel(request.Description, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Where a file that belongs to this model may lie, best first: beside the packed file, then in the user's cache, there named by the
    /// fingerprint.
    /// </summary>
    /// <param name="name">The file's name.</param>
    public IReadOnlyList<string> CompanionPaths(string name)
    {
        string beside = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, name);
        return PackLocation.UserCache() is { } cache ? [beside, System.IO.Path.Combine(cache, Fingerprint, name)] : [beside];
    }

    /// <summary>Bytes that one resident expert of a MoE layer holds: whole pages of 4096.</summary>
    public long ExpertBytes(int layer) => ExpertsOf(layer).RangeBytes;

    /// <summary>Where an expert lies in the file.</summary>
    public ExpertRange Expert(int layer, int expert) => new(_file.DataStart + OffsetOf(layer, expert), ExpertBytes(layer));

    /// <summary>Views of an expert in any copy of its range.</summary>
    /// <param name="layer">A MoE layer.</param>
    /// <param name="expert">An expert of the layer.</param>
    /// <param name="baseAddress">Where the copy begins; a multiple of 64.</param>
    public GatedWeights ExpertAt(int layer, int expert, nint baseAddress)
    {
        _ = OffsetOf(layer, expert);
        return ExpertsOf(layer).ViewAt(baseAddress);
    }

    /// <summary>The address of an expert's range in the mapped file.</summary>
    public nint MappedExpert(int layer, int expert) => _map.Address + (nint)(_file.DataStart + OffsetOf(layer, expert));

    /// <summary>Reads an expert's range from the file that is open here, even when another has taken its name since.</summary>
    /// <param name="layer">A MoE layer.</param>
    /// <param name="expert">An expert of the layer.</param>
    /// <param name="destination">Receives the range; as long as <see cref="ExpertBytes"/>.</param>
    /// <exception cref="CheckpointException">The file can't be read or has been truncated.</exception>
    public void ReadExpert(int layer, int expert, Span<byte> destination)
    {
        ExpertRange range = Expert(layer, expert);
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, range.Bytes, nameof(destination));
        _reads.Read(range.Offset, destination);
    }

    /// <summary>Reads a part of an expert's range, as <see cref="ReadExpert(int, int, Span{byte})"/> reads all of it.</summary>
    /// <param name="layer">A MoE layer.</param>
    /// <param name="expert">An expert of the layer.</param>
    /// <param name="offset">Bytes from the start of the range; a multiple of 4096.</param>
    /// <param name="destination">Receives the part, which ends within the range; whole pages of 4096 at a multiple of 4096.</param>
    /// <param name="pastCache">Whether to read past the kernel's cache of the file, where the file system can.</param>
    /// <exception cref="CheckpointException">The file can't be read or has been truncated.</exception>
    public void ReadExpert(int layer, int expert, long offset, Span<byte> destination, bool pastCache)
    {
        ExpertRange range = Expert(layer, expert);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(destination.Length, range.Bytes - offset, nameof(destination));
        if (pastCache)
        {
            _reads.ReadDirect(range.Offset + offset, destination);
        }
        else
        {
            _reads.Read(range.Offset + offset, destination);
        }
    }

    /// <summary>
    /// Tells the kernel to drop an expert's pages, of the map and of the file's cache; a huge page that it shares with a neighbour goes
    /// with
    /// the last of both. Its addresses stay valid: what is read again comes from the disk. A refusal is of no consequence.
    /// </summary>
    public void DropExpert(int layer, int expert)
    {
        ExpertRange range = Expert(layer, expert);
        _map.Drop(range.Offset, range.Bytes);
        PageCache.DropRange(_file.Handle, range.Offset, range.Bytes);
    }

    /// <summary>
    /// Throws when the file has become shorter since it was opened. Touching mapped pages beyond its end would end the process,
    /// so a server asks before each iteration (it costs one system call and allocates nothing).
    /// </summary>
    /// <exception cref="CheckpointException">The file has been truncated.</exception>
    public void ThrowIfTruncated()
    {
        long length = RandomAccess.GetLength(_file.Handle);
        if (length < _map.Length)
        {
            throw new CheckpointException(
                Path, $"has been truncated from {_map.Length} to {length} bytes while it was served; restart, and it is packed again");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _map.Dispose();
        _reads.Dispose();
        _file.Dispose();
    }

    private long OffsetOf(int layer, int expert)
    {
        PackedExperts experts = ExpertsOf(layer);
        ArgumentOutOfRangeException.ThrowIfNegative(expert);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(expert, experts.Count);
        return experts.OffsetOf(expert);
    }

    private PackedExperts ExpertsOf(int layer) => _experts.TryGetValue(layer, out PackedExperts? experts)
        ? experts
        : throw new ArgumentOutOfRangeException(nameof(layer), layer, "The layer has no experts.");
}
