using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Tests;

/// <summary>Comparisons as tests, by name and by symbol.</summary>
internal static class ComparisonTests
{
    public static readonly Native[] Entries =
    [
        .. Of(Equal, "==", "eq", "equalto"),
        .. Of((call, other) => !Equal(call, other), "!=", "ne"),
        .. Of(Ordered("<"), "<", "lt", "lessthan"),
        .. Of(Ordered("<="), "<=", "le"),
        .. Of(Ordered(">"), ">", "gt", "greaterthan"),
        .. Of(Ordered(">="), ">=", "ge"),
    ];

    private static bool Equal(NativeCall call, Value other) => call.Interpreter.Equality.Equals(call.Subject, other);

    private static Func<NativeCall, Value, bool> Ordered(string symbol) =>
        (call, other) => call.Interpreter.Ordering.Holds(symbol, call.Subject, other);

    private static IEnumerable<Native> Of(Func<NativeCall, Value, bool> holds, params string[] names) =>
        names.Select(name => new Native(name, "other", call => BoolValue.Of(holds(call, call.Required(0)))));
}
