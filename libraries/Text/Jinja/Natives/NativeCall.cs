using System.Numerics;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Natives;

/// <summary>One call of a native: the value it works on and its arguments.</summary>
internal sealed class NativeCall(Interpreter interpreter, string name, Value subject, Value?[] bound, Arguments further)
{
    public Interpreter Interpreter { get; } = interpreter;

    public Meter Meter => Interpreter.Meter;

    public string Name { get; } = name;

    /// <summary>The filtered or tested value, or the owner of the method.</summary>
    public Value Subject { get; } = subject;

    /// <summary>Arguments beyond the declared parameters.</summary>
    public Arguments Further { get; } = further;

    /// <summary>The argument in a place, or null.</summary>
    public Value? this[int place] => bound[place];

    public Value Required(int place) => bound[place]!;

    /// <summary>Subject as text: any value prints itself.</summary>
    public string SubjectText() => Interpreter.TextOf(Subject);

    /// <summary>The subject, which must be text.</summary>
    public StringValue SubjectString() => Subject switch
    {
        StringValue text => text,
        UndefinedValue undefined => throw undefined.Error(),
        _ => throw new JinjaException($"{Name}() needs text, not '{Subject.TypeName}'"),
    };

    /// <summary>Items of the subject.</summary>
    public IEnumerable<Value> SubjectItems() => Interpreter.ItemsOf(Subject);

    public bool Has(int place) => bound[place] is not null and not NoneValue;

    public bool Flag(int place, bool absent = false) => bound[place]?.IsTrue ?? absent;

    /// <summary>An argument that must be a string.</summary>
    public string Text(int place, string? absent = null)
    {
        Value? value = bound[place];
        return value switch
        {
            StringValue text => text.Text,
            null or NoneValue when absent is not null => absent,
            _ => throw new JinjaException($"{Name}() needs text as argument {place + 1}, not '{value?.TypeName ?? "NoneType"}'"),
        };
    }

    /// <summary>An argument that must be an integer.</summary>
    public BigInteger Integer(int place, BigInteger? absent = null)
    {
        Value? value = bound[place];
        if (value is null or NoneValue && absent is { } number)
        {
            return number;
        }

        return value is not null && Numbers.TryInteger(value, out BigInteger given)
            ? given
            : throw new JinjaException($"{Name}() needs an integer as argument {place + 1}, not '{value?.TypeName ?? "NoneType"}'");
    }

    /// <summary>An integer argument of a size or a count; what is out of range becomes the nearest that isn't.</summary>
    public int Size(int place, int? absent = null) =>
        (int)BigInteger.Clamp(Integer(place, absent), int.MinValue, int.MaxValue);

    /// <summary>Text that the call built, after the limits agreed.</summary>
    public StringValue Give(string text)
    {
        Meter.Text(text.Length);
        return new StringValue(text);
    }
}
