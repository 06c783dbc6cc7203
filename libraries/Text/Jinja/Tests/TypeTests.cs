using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Tests;

/// <summary>Tests of a value's type.</summary>
internal static class TypeTests
{
    public static readonly Native[] Entries =
    [
        Of("defined", value => value is not UndefinedValue),
        Of("undefined", value => value is UndefinedValue),
        Of("none", value => value is NoneValue),
        Of("boolean", value => value is BoolValue),
        Of("true", value => value is BoolValue { IsTrue: true }),
        Of("false", value => value is BoolValue { IsTrue: false }),
        Of("integer", value => value is IntValue),
        Of("float", value => value is FloatValue),
        Of("number", value => value is IntValue or FloatValue or BoolValue),
        Of("string", value => value is StringValue),
        Of("mapping", value => value is DictValue),
        // Python's undefined has a length and items, if only to fail when asked for one.
        Of("sequence", value => value is StringValue or SequenceValue or DictValue or RangeValue or BytesValue or UndefinedValue),
        Of("iterable", value => value.Iterate() is not null),
        Of("callable", value => value.IsCallable || value is UndefinedValue),
        Of("escaped", value => value is StringValue { IsMarkup: true }),
    ];

    private static Native Of(string name, Func<Value, bool> test) => new(name, "", call => BoolValue.Of(test(call.Subject)));
}
