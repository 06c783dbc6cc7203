using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Evaluation;

/// <summary>Attributes and items as the sandbox gives them out: what Python hides behind underscores is never reached.</summary>
internal static class Access
{
    /// <summary><c>owner.name</c>: the attribute, else the item.</summary>
    public static Value Attribute(Value owner, string name, Meter meter)
    {
        if (IsHidden(owner, name))
        {
            return UndefinedValue.Unsafe(owner, name);
        }

        RefuseUndefined(owner);
        StringValue key = new(name);
        return owner.Attribute(name) ?? owner.Item(key, meter) ?? Missing(owner, key, meter);
    }

    /// <summary><c>owner[key]</c>: the item, else the attribute.</summary>
    public static Value Item(Value owner, Value key, Meter meter)
    {
        StringValue? name = key as StringValue;
        if (owner is UndefinedValue && name is not null && IsHidden(owner, name.Text))
        {
            return UndefinedValue.Unsafe(owner, name.Text);
        }

        RefuseUndefined(owner);
        if (owner.Item(key, meter) is { } item)
        {
            return item;
        }

        if (name is null)
        {
            return Missing(owner, key, meter);
        }

        return IsHidden(owner, name.Text)
            ? UndefinedValue.Unsafe(owner, name.Text)
            : owner.Attribute(name.Text) ?? Missing(owner, key, meter);
    }

    // Of what is undefined already only what every object of Python has is hidden; anything else is an error at once.
    private static bool IsHidden(Value owner, string name) => owner is UndefinedValue
        ? name is "__class__" or "__init__" or "__doc__" || name.StartsWith("_undefined", StringComparison.Ordinal)
        : name.StartsWith("__", StringComparison.Ordinal);

    private static void RefuseUndefined(Value owner)
    {
        if (owner is UndefinedValue undefined)
        {
            throw undefined.Error();
        }
    }

    private static UndefinedValue Missing(Value owner, Value key, Meter meter)
    {
        Formatting.ValueWriter writer = new(meter);
        writer.WriteRepr(key);
        string kind = key is StringValue ? "attribute" : "element";
        return new UndefinedValue($"'{owner.TypeName} object' has no {kind} {writer.Finish()}");
    }
}
