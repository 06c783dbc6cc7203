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
        SafetensorsType? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (NextProperty(out string key))
        {
            bool first = key switch
            {
                "dtype" => Once(ref type, ReadType(name)),
                "shape" => OnceArray(ref shape, ReadIntegers(name, "shape")),
                "data_offsets" => OnceArray(ref offsets, ReadIntegers(name, "data_offsets")),
                _ => SkipUnknown(),
            };
            if (!first)
            {
                throw new CheckpointException(_path, name, $"{key} occurs twice");
            }
        }

        return Build(
            name,
            type ?? throw new CheckpointException(_path, name, "dtype is missing"),
            shape ?? throw new CheckpointException(_path, name, "shape is missing"),
            offsets ?? throw new CheckpointException(_path, name, "data_offsets is missing"));
    }

    private readonly SafetensorsTensor Build(string name, SafetensorsType type, long[] shape, long[] offsets)
    {
        if (offsets.Length != 2)
        {
            throw new CheckpointException(_path, name, $"data_offsets has {offsets.Length} values; allowed are two: begin and end");
        }

        (long begin, long end) = (offsets[0], offsets[1]);
        if (end < begin || end > long.MaxValue - _dataStart)
        {
            throw new CheckpointException(_path, name, $"data_offsets [{begin}, {end}] end before they begin or lie beyond any file");
        }

        SafetensorsTensor tensor = new(name, type, shape, _dataStart + begin, end - begin);
        if (BytesOf(tensor) is not { } bytes || bytes != end - begin)
        {
            throw new CheckpointException(
                _path, name, $"shape {tensor.ShapeText} of {type.Name()} does not take the {end - begin} bytes of data_offsets [{begin}, {end}]");
        }

        return tensor;
    }

    /// <summary>Bytes by type and shape; null where they overflow or end inside a byte.</summary>
    private static long? BytesOf(SafetensorsTensor tensor)
    {
        UInt128 bits = (UInt128)tensor.Type.Bits();
        foreach (long dimension in tensor.Shape)
        {
            // A zero anywhere makes the tensor empty, but the other dimensions still must not overflow.
            bits *= (UInt128)dimension;
            if (bits > (UInt128)long.MaxValue * 8)
            {
                return null;
            }
        }

        return bits % 8 == 0 ? (long)(bits / 8) : null;
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

    private static bool Once(ref SafetensorsType? target, SafetensorsType value)
    {
        bool first = target is null;
        target = value;
        return first;
    }

    private static bool OnceArray(ref long[]? target, long[] value)
    {
        bool first = target is null;
        target = value;
        return first;
    }

    /// <summary>Keys that a later version of the format may add say nothing about where the tensor lies.</summary>
    private bool SkipUnknown()
    {
        _json.Skip();
        return true;
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
