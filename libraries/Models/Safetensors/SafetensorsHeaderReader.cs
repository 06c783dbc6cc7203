using System.Text.Json;

namespace DaprMoE.Models;

/// <summary>Reads the JSON of a safetensors header, strictly: every deviation from the format is an error that names it.</summary>
internal ref struct SafetensorsHeaderReader
{
    /// <summary>Bounds the memory of a hostile shape; no real tensor has nearly as many.</summary>
    private const int MaxDimensions = 64;

    private readonly string _path;
    private readonly long _dataStart;
    private readonly Dictionary<string, SafetensorsTensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private Utf8JsonReader _json;

    private SafetensorsHeaderReader(string path, ReadOnlySpan<byte> json, long dataStart)
    {
        _path = path;
        _dataStart = dataStart;
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
    }

    /// <summary>Reads all tensors (offsets relative to the file) and the metadata; does not yet compare tensors with one another.</summary>
    public static SafetensorsHeader Read(string path, ReadOnlySpan<byte> json, long dataStart)
    {
        SafetensorsHeaderReader reader = new(path, json, dataStart);
        try
        {
            reader.ReadEntries();
            return new SafetensorsHeader(reader._tensors, reader._metadata);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new CheckpointException(path, $"the header is not valid JSON: {fault.Message}", fault);
        }
    }

    private void ReadEntries()
    {
        Expect(JsonTokenType.StartObject, "header", "an object of tensors");
        while (NextProperty(out string name))
        {
            if (name == "__metadata__")
            {
                ReadMetadata();
            }
            else if (!_tensors.TryAdd(name, ReadTensor(name)))
            {
                throw new CheckpointException(_path, name, "occurs twice in the header");
            }
        }

        // Padding may follow the object; anything else makes the reader throw.
        _json.Read();
    }

    private void ReadMetadata()
    {
        Expect(JsonTokenType.StartObject, "__metadata__", "an object of strings");
        while (NextProperty(out string key))
        {
            Expect(JsonTokenType.String, $"__metadata__.{key}", "a string");
            if (!_metadata.TryAdd(key, _json.GetString()!))
            {
                throw Fault($"__metadata__.{key} occurs twice");
            }
        }
    }

    private SafetensorsTensor ReadTensor(string name)
    {
        Expect(JsonTokenType.StartObject, name, "an object with dtype, shape and data_offsets");
        SafetensorsEntry entry = new(_path, name);
        while (NextProperty(out string key))
        {
            switch (key)
            {
                case "dtype":
                    entry.SetType(ReadType(name));
                    break;
                case "shape":
                    entry.SetShape(ReadIntegers(name, key));
                    break;
                case "data_offsets":
                    entry.SetOffsets(ReadIntegers(name, key));
                    break;
                default:
                    // Keys that a later version of the format may add say nothing about where the tensor lies.
                    _json.Skip();
                    break;
            }
        }

        return entry.Build(_dataStart);
    }

    private SafetensorsType ReadType(string tensor)
    {
        Expect(JsonTokenType.String, tensor, "a dtype name");
        string text = _json.GetString()!;
        return SafetensorsTypes.TryParse(text, out SafetensorsType type)
            ? type
            : throw new CheckpointException(_path, tensor, $"unknown dtype '{text}'; known are {SafetensorsTypes.AllNames}");
    }

    private long[] ReadIntegers(string tensor, string key)
    {
        Expect(JsonTokenType.StartArray, tensor, $"an array as {key}");
        List<long> values = [];
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out long value) || value < 0)
            {
                throw new CheckpointException(_path, tensor, $"{key} holds {Text()}; allowed are integers from 0 to 2^63 - 1");
            }

            if (values.Count == MaxDimensions)
            {
                throw new CheckpointException(_path, tensor, $"{key} has more than {MaxDimensions} values");
            }

            values.Add(value);
        }

        return [.. values];
    }

    private bool NextProperty(out string name)
    {
        _json.Read();
        bool found = _json.TokenType == JsonTokenType.PropertyName;
        name = found ? _json.GetString()! : "";
        return found;
    }

    private void Expect(JsonTokenType type, string where, string what)
    {
        _json.Read();
        if (_json.TokenType != type)
        {
            throw Fault($"'{where}' must be {what}; found {Text()}");
        }
    }

    private readonly string Text() => _json.TokenType is JsonTokenType.Number or JsonTokenType.String
        ? System.Text.Encoding.UTF8.GetString(_json.ValueSpan[..Math.Min(_json.ValueSpan.Length, 80)])
        : Kind();

    private readonly string Kind() => _json.TokenType switch
    {
        JsonTokenType.StartArray => "array",
        JsonTokenType.StartObject => "object",
        _ => _json.TokenType.ToString().ToLowerInvariant(),
    };

    private readonly CheckpointException Fault(string fault) => new(_path, fault);
}
