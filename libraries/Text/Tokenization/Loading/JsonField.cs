using System.Text.Json;

namespace DaprMoE.Text.Tokenization.Loading;

/// <summary>A value in a tokenizer file that knows its path, so that every complaint can name it.</summary>
internal readonly struct JsonField(JsonElement value, string path, string file)
{
    public JsonElement Value => value;

    public string Path => path;

    public string File => file;

    public bool IsObject => value.ValueKind == JsonValueKind.Object;

    /// <summary>The member of that name; an error if it is absent or null.</summary>
    public JsonField Required(string name) => Optional(name) ?? throw Error($"has no \"{name}\"");

    /// <summary>The member of that name; null if it is absent or null.</summary>
    public JsonField? Optional(string name)
    {
        if (!IsObject)
        {
            throw Error($"must be an object, not {Shown}");
        }

        bool present = value.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null;
        return present ? new JsonField(member, path.Length == 0 ? name : $"{path}.{name}", file) : null;
    }

    /// <summary>The items of an array.</summary>
    public IEnumerable<JsonField> Items()
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Error($"must be an array, not {Shown}");
        }

        string array = path;
        string name = file;
        return value.EnumerateArray().Select((item, index) => new JsonField(item, $"{array}[{index}]", name));
    }

    public string String()
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw Error($"must be a string, not {Shown}");
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new TokenizerException(file, path, "holds a lone surrogate escape, which is no text", error);
        }
    }

    public string? OptionalString(string name) => Optional(name)?.String();

    public bool Boolean() => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Error($"must be a boolean, not {Shown}"),
    };

    public bool Boolean(string name, bool absent) => Optional(name)?.Boolean() ?? absent;

    /// <summary>A token id.</summary>
    public int Id()
    {
        if (value.ValueKind != JsonValueKind.Number || (!value.TryGetInt64(out long id) && !value.TryGetUInt64(out _)))
        {
            throw Error($"must be an integer, not {Shown}");
        }

        if (id < 0)
        {
            throw Error($"is negative ({id}); ids are 0 to {int.MaxValue}");
        }

        return id <= int.MaxValue && value.TryGetInt32(out int small)
            ? small
            : throw Error($"{Shown} does not fit {(id > uint.MaxValue ? "32 bits" : "this engine")}; ids are 0 to {int.MaxValue}");
    }

    public TokenizerException Error(string problem) => new(file, path, problem);

    /// <summary>The value as a message shows it.</summary>
    public string Shown
    {
        get
        {
            const int Longest = 60;
            string raw = string.Join(' ', value.GetRawText().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return raw.Length <= Longest ? raw : raw[..Longest] + "...";
        }
    }
}
