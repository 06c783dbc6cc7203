namespace DaprMoE.Text.Tokenization.Loading;

/// <summary>
/// The kinds of one component of a tokenizer file, by their <c>type</c>. A new kind is one class and one entry; anything else in a file is
/// refused by name.
/// </summary>
internal sealed class ComponentKinds<T>(Dictionary<string, Func<JsonField, LoadContext, T>> kinds)
{
    public T Read(JsonField field, LoadContext context)
    {
        if (!field.IsObject)
        {
            throw field.Error($"must be an object or null, not {field.Shown}");
        }

        string type = field.Required("type").String();
        return kinds.TryGetValue(type, out Func<JsonField, LoadContext, T>? create)
            ? create(field, context)
            : throw field.Error($"type \"{type}\" is not supported; the supported ones are {string.Join(", ", kinds.Keys.Order())}");
    }
}
