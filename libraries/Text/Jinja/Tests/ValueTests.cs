using System.Numerics;
using DaprMoE.Text.Jinja.Filters;
using DaprMoE.Text.Jinja.Methods;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Operators;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Tests;

/// <summary>Tests of what a value holds.</summary>
internal static class ValueTests
{
    public static readonly Native[] Entries =
    [
        new("odd", "", call => IsRemainder(call, IntValue.Of(2), 1)),
        new("even", "", call => IsRemainder(call, IntValue.Of(2), 0)),
        new("divisibleby", "num", call => IsRemainder(call, call.Required(0), 0)),
        new("lower", "", call => BoolValue.Of(CharacterClass.IsCased(call.SubjectText(), upper: false))),
        new("upper", "", call => BoolValue.Of(CharacterClass.IsCased(call.SubjectText(), upper: true))),
        new("filter", "", call => BoolValue.Of(FilterTable.All.Contains(call.SubjectText()))),
        new("test", "", call => BoolValue.Of(TestTable.All.Contains(call.SubjectText()))),
        new("sameas", "other", call => BoolValue.Of(IsSame(call.Subject, call.Required(0)))),
        new("in", "seq", call => BoolValue.Of(Sequences.Contains(call.Required(0), call.Subject, call.Interpreter))),
    ];

    private static BoolValue IsRemainder(NativeCall call, Value divisor, BigInteger rest)
    {
        Value remainder = Arithmetic.Apply("%", call.Subject, divisor, call.Interpreter);
        return BoolValue.Of(call.Interpreter.Equality.Equals(remainder, IntValue.Of(rest)));
    }

    // Python keeps one object for a small integer and for a constant text.
    private static bool IsSame(Value one, Value other) => (one, other) switch
    {
        (IntValue a, IntValue b) => a.Number == b.Number,
        (StringValue a, StringValue b) => a.Text == b.Text,
        _ => ReferenceEquals(one, other),
    };
}
