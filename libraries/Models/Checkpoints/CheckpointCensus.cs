using System.Text.Json;

namespace DaprMoE.Models;

/// <summary>Counts a checkpoint's weights and bytes.</summary>
internal sealed class CheckpointCensus
{
    private readonly Checkpoint _checkpoint;
    private readonly SortedDictionary<string, long> _bytesByType = new(StringComparer.Ordinal);
    private long _parameters;
    private long _expertParameters;
    private long _bytes;
    private long _expertBytes;

    private CheckpointCensus(Checkpoint checkpoint)
    {
        _checkpoint = checkpoint;
        foreach (TensorSpec spec in checkpoint.Needed)
        {
            Count(spec);
        }
    }

    public static CheckpointSummary Take(Checkpoint checkpoint) => new CheckpointCensus(checkpoint).Summarise();

    private void Count(TensorSpec spec)
    {
        SafetensorsTensor tensor = _checkpoint.Find(spec.Name).Tensor;
        string type = tensor.Type.Name();
        _bytesByType[type] = _bytesByType.GetValueOrDefault(type) + tensor.ByteLength;
        _parameters += tensor.Elements;
        _bytes += tensor.ByteLength;
        if (spec.Role is TensorRole.ExpertGateUp or TensorRole.ExpertDown)
        {
            _expertParameters += tensor.Elements;
            _expertBytes += tensor.ByteLength;
        }
    }

    private CheckpointSummary Summarise()
    {
        ModelDescription model = _checkpoint.Description;
        int[] moeLayers = [.. Enumerable.Range(0, model.Layers.Count).Where(layer => model.Layers[layer] is MoeFeedForward)];
        MoeFeedForward? moe = model.Layers.OfType<MoeFeedForward>().FirstOrDefault();
        AttentionDescription attention = model.Attention;
        return new CheckpointSummary
        {
            Folder = _checkpoint.Folder,
            Description = model,
            MoeLayers = moeLayers,
            Experts = moe?.Experts ?? 0,
            TopK = moe?.TopK ?? 0,
            BytesPerExpert = moeLayers.Length == 0 ? 0 : moeLayers.Max(LargestExpert),
            TotalExpertBytes = _expertBytes,
            ResidentBytes = _bytes - _expertBytes,
            TotalParameters = _parameters,
            ActiveParameters = _parameters - _expertParameters + ActiveExpertParameters(model),
            KvBytesPerToken = 2L * model.Layers.Count * attention.KvHeads * attention.HeadSize * sizeof(float),
            BytesByType = _bytesByType,
            Files = [.. SourceFile.Of(_checkpoint.Folder).Select(file => new CheckpointFileSize(file.Name, file.Bytes))],
            HasTokenizer = HasFile("tokenizer.json"),
            HasChatTemplate = HasFile("chat_template.jinja") || HasTemplateInConfig(),
            IgnoredTensors = _checkpoint.IgnoredTensors,
        };
    }

    private static long ActiveExpertParameters(ModelDescription model) =>
        model.Layers.OfType<MoeFeedForward>().Sum(moe => 3L * moe.TopK * moe.FfnSize * model.HiddenSize);

    private long LargestExpert(int layer)
    {
        MoeFeedForward moe = (MoeFeedForward)_checkpoint.Description.Layers[layer];
        return Enumerable.Range(0, moe.Experts).Max(expert =>
        {
            GatedTensorNames names = _checkpoint.Family.Names.Expert(layer, expert);
            return BytesOf(names.Gate) + BytesOf(names.Up) + BytesOf(names.Down);
        });
    }

    private long BytesOf(string name) => _checkpoint.Find($"{name}.weight").Tensor.ByteLength;

    private bool HasFile(string name) => File.Exists(Path.Combine(_checkpoint.Folder, name));

    private bool HasTemplateInConfig()
    {
        const string TokenizerConfig = "tokenizer_config.json";
        if (!HasFile(TokenizerConfig))
        {
            return false;
        }

        using JsonDocument document = JsonFile.Read(Path.Combine(_checkpoint.Folder, TokenizerConfig), JsonFile.ConfigBytes);
        return document.RootElement.TryGetProperty("chat_template", out JsonElement template)
            && template.ValueKind is JsonValueKind.String or JsonValueKind.Array;
    }
}
